#include "engine/core/threads.h"

#if !defined(__EMSCRIPTEN__) || defined(__EMSCRIPTEN_PTHREADS__)

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <exception>
#include <mutex>
#include <system_error>
#include <thread>
#include <vector>

#include "engine/core/catching.h"

namespace athanor::threads {
namespace {

/// What is to be claimed, in one number, so that a part is claimed of the job it belongs to: which job, how many parts
/// it has, the next of them.
class Ticket {
 public:
  Ticket() = default;
  explicit Ticket(std::uint64_t bits) : bits_(bits) {}
  [[nodiscard]] Ticket next_job(Index parts) const {
    const std::uint64_t job = (bits_ >> kJobShift) + 1;
    return Ticket(job << kJobShift | static_cast<std::uint64_t>(parts) << kPartBits);
  }
  [[nodiscard]] std::uint64_t bits() const { return bits_; }
  [[nodiscard]] Index part() const { return static_cast<Index>(bits_ & kPartMask); }
  [[nodiscard]] bool has_work() const { return part() < static_cast<Index>(bits_ >> kPartBits & kPartMask); }

  static constexpr Index kMostParts = (Index{1} << 16) - 1;

 private:
  static constexpr unsigned kPartBits = 16;
  static constexpr unsigned kJobShift = 2 * kPartBits;
  static constexpr std::uint64_t kPartMask = (std::uint64_t{1} << kPartBits) - 1;
  std::uint64_t bits_ = 0;
};

/// Who waits, for work or for the others, looks so many times before it sleeps: between the calls of a step, which
/// follow each other within microseconds, waking it would take longer than its share of the work. But where processors
/// are fewer than who wants them, looking keeps from working just who is waited for.
constexpr int kLooks = 100000;

class Pool {
 public:
  ~Pool() { stop(); }

  void start(int helpers) {
    stop();
    is_stopping_.store(false);
    helpers_.reserve(static_cast<std::size_t>(helpers));
    add(helpers);
  }

  void stop() {
    {
      const std::lock_guard lock(mutex_);
      is_stopping_.store(true);
    }
    work_came_.notify_all();
    for (std::thread& helper : helpers_) helper.join();
    helpers_.clear();
  }

  [[nodiscard]] int count() const { return 1 + static_cast<int>(helpers_.size()); }

  void run(Index parts, void (*work)(const void*, Index), const void* context) {
    work_ = work;
    context_ = context;
    done_.store(0, std::memory_order_relaxed);
    first_failed_ = parts;
    ticket_.store(Ticket(ticket_.load(std::memory_order_relaxed)).next_job(parts).bits());
    if (sleepers_.load() > 0) {
      {
        const std::lock_guard lock(mutex_);
      }  // who is about to sleep has looked, or will
      work_came_.notify_all();
    }
    while (do_a_part()) {
    }
    wait_for(parts);
    if (first_failed_ == parts) return;
    std::exception_ptr failure;
    std::swap(failure, failure_);
    std::rethrow_exception(failure);
  }

 private:
  /// As many as can be had.
  ATHANOR_CATCHES void add(int helpers) {
    try {
      for (int i = 0; i < helpers; ++i) helpers_.emplace_back([this] { help(); });
    } catch (const std::system_error&) {
      return;
    }
  }

  /// False when none was left. Whoever has claimed a part knows that its job is the one that stands in work_ and
  /// context_: the job cannot end before.
  bool do_a_part() {
    std::uint64_t bits = ticket_.load(std::memory_order_acquire);
    do {
      if (!Ticket(bits).has_work()) return false;
    } while (!ticket_.compare_exchange_weak(bits, bits + 1, std::memory_order_acq_rel, std::memory_order_acquire));
    attempt(Ticket(bits).part());
    done_.fetch_add(1);
    if (is_caller_asleep_.load()) {
      {
        const std::lock_guard lock(mutex_);
      }
      part_done_.notify_one();
    }
    return true;
  }

  void wait_for(Index parts) {
    for (int looks = 0; looks < kLooks; ++looks) {
      if (done_.load(std::memory_order_acquire) == parts) return;
    }
    std::unique_lock lock(mutex_);
    is_caller_asleep_.store(true);
    part_done_.wait(lock, [this, parts] { return done_.load() == parts; });
    is_caller_asleep_.store(false);
  }

  ATHANOR_CATCHES void attempt(Index part) {
    try {
      work_(context_, part);
    } catch (...) {
      const std::lock_guard lock(mutex_);
      if (part >= first_failed_) return;
      first_failed_ = part;
      failure_ = std::current_exception();
    }
  }

  void help() {
    int looks = 0;
    while (!is_stopping_.load(std::memory_order_relaxed)) {
      if (do_a_part()) {
        looks = 0;
      } else if (++looks >= kLooks) {
        std::unique_lock lock(mutex_);
        sleepers_.fetch_add(1);
        work_came_.wait(lock, [this] { return is_stopping_.load() || Ticket(ticket_.load()).has_work(); });
        sleepers_.fetch_sub(1);
        looks = 0;
      }
    }
  }

  std::vector<std::thread> helpers_;
  std::mutex mutex_;
  std::condition_variable work_came_;
  std::condition_variable part_done_;
  std::atomic<int> sleepers_{0};
  std::atomic<bool> is_caller_asleep_{false};
  std::atomic<bool> is_stopping_{false};
  // The job at hand: written before its ticket is.
  void (*work_)(const void*, Index) = nullptr;
  const void* context_ = nullptr;
  Index first_failed_ = 0;
  std::exception_ptr failure_;
  // Each on a cache line of its own: everybody looks at the one, whoever is done writes the other.
  alignas(64) std::atomic<std::uint64_t> ticket_{0};
  alignas(64) std::atomic<Index> done_{0};
};

Pool& pool() {
  static Pool the_pool;
  return the_pool;
}

std::atomic<int> current_count{1};
std::atomic<bool> is_dividing{false};

}  // namespace

int most() { return std::clamp(static_cast<int>(std::thread::hardware_concurrency()), 1, kMost); }

int count() { return current_count.load(std::memory_order_relaxed); }

void set_count(int count) {
  current_count.store(1);
  pool().start(std::clamp(count, 1, kMost) - 1);
  current_count.store(pool().count());
}

void detail::run(Index parts, void (*work)(const void*, Index), const void* context) {
  if (parts > 1 && parts <= Ticket::kMostParts && count() > 1 && !is_dividing.exchange(true)) {
    struct Free {
      ~Free() { is_dividing.store(false); }
    } const free;
    pool().run(parts, work, context);
    return;
  }
  for (Index part = 0; part < parts; ++part) work(context, part);
}

}  // namespace athanor::threads

#else

namespace athanor::threads {

int most() { return 1; }
int count() { return 1; }
void set_count(int /*count*/) {}
void detail::run(Index parts, void (*work)(const void*, Index), const void* context) {
  for (Index part = 0; part < parts; ++part) work(context, part);
}

}  // namespace athanor::threads

#endif
