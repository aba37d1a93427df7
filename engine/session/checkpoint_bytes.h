// Numbers and blocks of them as the bytes of a checkpoint, and what says whether those came through whole.
#pragma once

#include <array>
#include <bit>
#include <cstdint>
#include <cstring>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace athanor::checkpoint {

static_assert(std::endian::native == std::endian::little, "checkpoints are written as the machine has its numbers");

/// Throws kBadCheckpoint.
[[noreturn]] void refuse(const std::string& detail);

/// CRC-32 (IEEE 802.3).
[[nodiscard]] std::uint32_t crc32(std::span<const std::uint8_t> bytes);

class Writer {
 public:
  template <typename T>
  void value(T number) {
    append(&number, sizeof(T));
  }
  void text(std::string_view characters) { append(characters.data(), characters.size()); }
  /// u64 count, then the values.
  template <typename T>
  void block(std::span<const T> values) {
    value(static_cast<std::uint64_t>(values.size()));
    append(values.data(), values.size_bytes());
  }
  /// All that was written, and its checksum.
  std::vector<std::uint8_t> finish() {
    value(crc32(bytes_));
    return std::move(bytes_);
  }

 private:
  void append(const void* from, std::size_t size);

  std::vector<std::uint8_t> bytes_;
};

/// Reads what a Writer wrote, in the same order; refuses to read beyond the end.
class Reader {
 public:
  explicit Reader(std::span<const std::uint8_t> bytes) : bytes_(bytes) {}

  std::span<const std::uint8_t> take(std::size_t count);
  [[nodiscard]] bool is_at_end() const { return bytes_.empty(); }
  template <typename T>
  T value() {
    std::array<std::uint8_t, sizeof(T)> raw{};
    std::memcpy(raw.data(), take(sizeof(T)).data(), sizeof(T));
    return std::bit_cast<T>(raw);
  }
  template <typename T>
  std::vector<T> block() {
    const auto count = value<std::uint64_t>();
    if (count > bytes_.size() / sizeof(T)) refuse("a block is longer than the file");
    std::vector<T> values(static_cast<std::size_t>(count));
    const auto raw = take(values.size() * sizeof(T));
    if (!values.empty()) std::memcpy(values.data(), raw.data(), raw.size());
    return values;
  }

 private:
  std::span<const std::uint8_t> bytes_;
};

}  // namespace athanor::checkpoint
