#include "engine/kernels/pooling.h"

#include "engine/kernels/simd.h"

namespace athanor::kernels {
namespace {

using simd::Integer;
using simd::Integers;
using simd::kLanes;
using simd::Vector;

/// What one window sees of one image: its entries [row_begin, row_end) x [column_begin, column_end) are inside.
struct Sight {
  Index row_begin;
  Index row_end;
  Index column_begin;
  Index column_end;
  Index origin;  // element of entry (0, 0), which may be in the padding

  /// Calls f(element, entry) for what is inside; elements are those of channel 0.
  template <typename F>
  void each(const Images& images, F f) const {
    const Window& window = images.window;
    for (Index row = row_begin; row < row_end; ++row) {
      for (Index column = column_begin; column < column_end; ++column) {
        const Index pixels = row * window.rows.dilation * images.width + column * window.columns.dilation;
        f(origin + pixels * images.channels, row * window.columns.size + column);
      }
    }
  }
};

/// The entries of a window that begins at `first` which lie inside an axis of `length`.
Run entries_inside(const WindowAxis& axis, Index first, Index length) {
  const Index begin = first < 0 ? (-first + axis.dilation - 1) / axis.dilation : 0;
  const Index end = length > first ? (length - first - 1) / axis.dilation + 1 : 0;
  return {.begin = std::min(begin, axis.size), .end = std::min(end, axis.size)};
}

/// Calls f(output, channel, count, sight) for every window and every few channels of it.
template <typename F>
void for_each_window(const Images& images, F f) {
  const WindowAxis& rows = images.window.rows;
  const WindowAxis& columns = images.window.columns;
  Index output = 0;
  for (Index image = 0; image < images.batch; ++image) {
    for (Index out_row = 0; out_row < images.out_height; ++out_row) {
      const Index row = out_row * rows.stride - rows.before;
      const Run inside_rows = entries_inside(rows, row, images.height);
      for (Index out_column = 0; out_column < images.out_width; ++out_column, output += images.channels) {
        const Index column = out_column * columns.stride - columns.before;
        const Run inside_columns = entries_inside(columns, column, images.width);
        Sight sight{.row_begin = inside_rows.begin,
                    .row_end = inside_rows.end,
                    .column_begin = inside_columns.begin,
                    .column_end = inside_columns.end,
                    .origin = ((image * images.height + row) * images.width + column) * images.channels};
        for (Index channel = 0; channel < images.channels; channel += kLanes, sight.origin += kLanes) {
          f(output + channel, std::min(kLanes, images.channels - channel), sight);
        }
      }
    }
  }
}

/// Windows that lie side by side inside the image, as most do: where their entries are follows from where they begin.
class Tiling {
 public:
  explicit Tiling(const Images& images) : images_(images) {
    const WindowAxis& rows = images.window.rows;
    const WindowAxis& columns = images.window.columns;
    const bool fits = lies_side_by_side(rows, images.out_height, images.height) &&
                      lies_side_by_side(columns, images.out_width, images.width) &&
                      rows.size * columns.size <= static_cast<Index>(offsets_.size());
    if (!fits) return;
    for (Index row = 0; row < rows.size; ++row) {
      for (Index column = 0; column < columns.size; ++column) {
        offsets_[static_cast<std::size_t>(entries_++)] = (row * images.width + column) * images.channels;
      }
    }
  }

  [[nodiscard]] bool is_there() const { return entries_ > 0; }
  /// Every pixel is in a window.
  [[nodiscard]] bool covers_all() const {
    return images_.out_height * images_.window.rows.size == images_.height &&
           images_.out_width * images_.window.columns.size == images_.width;
  }

  /// Calls f(output, origin, count) for every window and every few channels of it.
  template <typename F>
  void each_window(F f) const {
    Index output = 0;
    for (Index image = 0; image < images_.batch; ++image) {
      for (Index row = 0; row < images_.out_height; ++row) {
        Index origin = (image * images_.height + row * images_.window.rows.size) * images_.width * images_.channels;
        for (Index column = 0; column < images_.out_width; ++column) {
          for (Index channel = 0; channel < images_.channels; channel += kLanes) {
            f(output + channel, origin + channel, images_.channels - channel);
          }
          output += images_.channels;
          origin += images_.window.columns.size * images_.channels;
        }
      }
    }
  }

  /// Calls f(element, entry) for the entries of a window; the first is at its origin.
  template <typename F>
  void each_entry(Index origin, F f) const {
    f(origin, Index{0});
    each_entry_but_first(origin, f);
  }
  template <typename F>
  void each_entry_but_first(Index origin, F f) const {
    for (Index entry = 1; entry < entries_; ++entry) f(origin + offsets_[static_cast<std::size_t>(entry)], entry);
  }

 private:
  static bool lies_side_by_side(const WindowAxis& axis, Index outputs, Index length) {
    return axis.stride == axis.size && axis.dilation == 1 && axis.before == 0 && outputs * axis.size <= length;
  }

  const Images& images_;
  std::array<Index, 16> offsets_{};
  Index entries_ = 0;
};

struct Largest {
  Vector value;
  Integers entry;  // where it was met first
};

/// Takes the value where it is larger than what was found or the first NaN.
void take_larger(Largest& found, Vector value, Index entry) {
  const Integers is_number = found.value == found.value;  // NOLINT(misc-redundant-expression): NaN differs from itself
  const Integers is_better = ~(value <= found.value) & is_number;
  found.value = is_better ? value : found.value;
  found.entry = is_better ? Integers{} + static_cast<Integer>(entry) : found.entry;
}

Largest find_largest(const Images& images, const Sight& sight, Index count, const Real* x) {
  Largest found{.value = Vector{}, .entry = Integers{} - 1};
  sight.each(images, [&](Index element, Index entry) {
    const Vector value = simd::load_up_to(x + element, count);
    if (found.entry[0] < 0) {
      found = {.value = value, .entry = Integers{} + static_cast<Integer>(entry)};
    } else {
      take_larger(found, value, entry);
    }
  });
  return found;
}

Largest find_largest(const Tiling& tiling, Index origin, Index count, const Real* x) {
  Largest found{.value = simd::load_up_to(x + origin, count), .entry = Integers{}};
  tiling.each_entry_but_first(
      origin, [&](Index element, Index entry) { take_larger(found, simd::load_up_to(x + element, count), entry); });
  return found;
}

}  // namespace

void max_pool(const Images& images, const Real* x, Real* out) {
  if (const Tiling tiling(images); tiling.is_there()) {
    tiling.each_window([&](Index output, Index origin, Index count) {
      simd::store_up_to(out + output, find_largest(tiling, origin, count, x).value, count);
    });
    return;
  }
  for_each_window(images, [&](Index output, Index count, const Sight& sight) {
    simd::store_up_to(out + output, find_largest(images, sight, count, x).value, count);
  });
}

void max_pool_back(const Images& images, const Real* x, const Real* dy, Real* dx) {
  const Tiling tiling(images);
  if (!tiling.is_there() || !tiling.covers_all()) {
    std::fill_n(dx, images.batch * images.height * images.width * images.channels, Real{0});
  }
  if (tiling.is_there()) {
    tiling.each_window([&](Index output, Index origin, Index count) {
      const Integers held = find_largest(tiling, origin, count, x).entry;
      const Vector gradient = simd::load_up_to(dy + output, count);
      tiling.each_entry(origin, [&](Index element, Index entry) {
        const Vector share = held == Integers{} + static_cast<Integer>(entry) ? gradient : Vector{};
        simd::store_up_to(dx + element, share, count);
      });
    });
    return;
  }
  for_each_window(images, [&](Index output, Index count, const Sight& sight) {
    const Integers held = find_largest(images, sight, count, x).entry;
    const Vector gradient = simd::load_up_to(dy + output, count);
    sight.each(images, [&](Index element, Index entry) {
      const Vector share = held == Integers{} + static_cast<Integer>(entry) ? gradient : Vector{};
      simd::store_up_to(dx + element, simd::load_up_to(dx + element, count) + share, count);
    });
  });
}

void max_pool_pick(const Images& images, const Real* x, const Real* u, Real* out) {
  for_each_window(images, [&](Index output, Index count, const Sight& sight) {
    const Integers held = find_largest(images, sight, count, x).entry;
    Vector picked{};
    sight.each(images, [&](Index element, Index entry) {
      const Integers is_held = held == Integers{} + static_cast<Integer>(entry);
      picked = is_held ? simd::load_up_to(u + element, count) : picked;
    });
    simd::store_up_to(out + output, picked, count);
  });
}

void average_pool(const Images& images, const Real* x, Real* out) {
  const Real share = Real{1} / static_cast<Real>(images.window.rows.size * images.window.columns.size);
  for_each_window(images, [&](Index output, Index count, const Sight& sight) {
    Vector sum{};
    sight.each(images, [&](Index element, Index /*entry*/) { sum += simd::load_up_to(x + element, count); });
    simd::store_up_to(out + output, share * sum, count);
  });
}

void average_pool_back(const Images& images, const Real* dy, Real* dx) {
  const Real share = Real{1} / static_cast<Real>(images.window.rows.size * images.window.columns.size);
  std::fill_n(dx, images.batch * images.height * images.width * images.channels, Real{0});
  for_each_window(images, [&](Index output, Index count, const Sight& sight) {
    const Vector gradient = share * simd::load_up_to(dy + output, count);
    sight.each(images, [&](Index element, Index /*entry*/) {
      simd::store_up_to(dx + element, simd::load_up_to(dx + element, count) + gradient, count);
    });
  });
}

}  // namespace athanor::kernels
