// Threads that help with one call at a time. Who divides a piece of work says into how many parts; which thread does
// which is left open, so parts must not depend on one another, nor results on how many there are.
#pragma once

#include <algorithm>

#include "engine/core/real.h"

namespace athanor::threads {

/// Whether this build has any.
#if !defined(__EMSCRIPTEN__) || defined(__EMSCRIPTEN_PTHREADS__)
inline constexpr bool kAvailable = true;
#else
inline constexpr bool kAvailable = false;
#endif

/// How many this build and this machine can make use of: 1 where there are none, as in WebAssembly without shared
/// memory.
[[nodiscard]] int most();

/// How many work from now on, the calling one included; kept within 1 and kMost, and to as many as can be had. Waits
/// for the ones that go. Not to be called from within a part.
inline constexpr int kMost = 64;
void set_count(int count);

/// 1 until set_count says otherwise.
[[nodiscard]] int count();

namespace detail {
void run(Index parts, void (*work)(const void* context, Index part), const void* context);
}

/// Calls work(part) once for every part in [0, parts) and returns when all are done. Where a part throws, others may be
/// left undone, and what the first that threw has thrown goes on from here. From within a part, or while another thread
/// divides its work, everything is done by the calling thread. Allocates nothing.
template <typename Work>
void for_each_part(Index parts, const Work& work) {
  detail::run(parts, [](const void* context, Index part) { (*static_cast<const Work*>(context))(part); }, &work);
}

/// Calls work(first, size) for stretches that make up [0, size), as equal as can be.
template <typename Work>
void for_each_stretch(Index size, Index parts, const Work& work) {
  for_each_part(parts, [size, parts, &work](Index part) {
    const Index first = size * part / parts;
    work(first, size * (part + 1) / parts - first);
  });
}

/// The same for plain loops over so many elements, which must be many for a second thread to pay.
template <typename Work>
void for_each_range(Index size, const Work& work) {
  if constexpr (kAvailable) {
    constexpr Index kLeastElements = 16384;
    const Index parts = std::min<Index>(count(), size / kLeastElements);
    if (parts > 1) {
      for_each_stretch(size, parts, work);
      return;
    }
  }
  work(Index{0}, size);
}

}  // namespace athanor::threads
