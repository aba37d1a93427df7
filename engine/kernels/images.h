// A window over images laid out (batch, height, width, channels), and the places its entries are read from.
#pragma once

#include <algorithm>

#include "engine/core/window.h"

namespace athanor::kernels {

struct Images {
  Index batch = 0;
  Index height = 0;
  Index width = 0;
  Index channels = 0;
  Index out_height = 0;
  Index out_width = 0;
  Window window;

  [[nodiscard]] Index outputs() const { return batch * out_height * out_width; }
};

/// Positions within one row of outputs.
struct Run {
  Index begin = 0;
  Index end = 0;
};

/// Those of `run` whose window has its entry `tap` inside an axis of `length`.
inline Run inside(const WindowAxis& axis, Index tap, Index length, Run run) {
  const Index first = tap * axis.dilation - axis.before;  // where the first window has it
  const Index below = first < 0 ? (-first + axis.stride - 1) / axis.stride : 0;
  const Index above = length > first ? (length - first - 1) / axis.stride + 1 : 0;
  const Index begin = std::clamp(below, run.begin, run.end);
  return {.begin = begin, .end = std::clamp(above, begin, run.end)};
}

/// Calls f(output, input, count, tap) for every run of outputs, within a row, whose entry `tap` lies inside the image:
/// `count` outputs from `output` on (counted from `first`), whose pixels begin at `input` and are
/// window.columns.stride apart. Outputs in [first, last), entry by entry; g(output, count, tap) for those in the
/// padding.
template <typename F, typename G>
void for_each_run(const Images& images, Index first, Index last, F f, G g) {
  const WindowAxis& rows = images.window.rows;
  const WindowAxis& columns = images.window.columns;
  for (Index at = first, end = 0; at < last; at = end) {
    const Index line = at / images.out_width;  // a row of outputs of one image
    const Index begins = line * images.out_width;
    end = std::min(last, begins + images.out_width);
    const Run run{.begin = at - begins, .end = end - begins};
    const Index image = line / images.out_height;
    for (Index tap_row = 0; tap_row < rows.size; ++tap_row) {
      const Index row = line % images.out_height * rows.stride + tap_row * rows.dilation - rows.before;
      const bool is_inside = row >= 0 && row < images.height;
      for (Index tap_column = 0; tap_column < columns.size; ++tap_column) {
        const Index tap = tap_row * columns.size + tap_column;
        const Run hit = is_inside ? inside(columns, tap_column, images.width, run) : Run{run.end, run.end};
        if (run.begin < hit.begin) g(at - first, hit.begin - run.begin, tap);
        if (hit.begin < hit.end) {
          const Index column = hit.begin * columns.stride + tap_column * columns.dilation - columns.before;
          f(begins + hit.begin - first, (image * images.height + row) * images.width + column, hit.end - hit.begin,
            tap);
        }
        if (hit.end < run.end) g(begins + hit.end - first, run.end - hit.end, tap);
      }
    }
  }
}

}  // namespace athanor::kernels
