#include "engine/kernels/convolution_strips.h"

#include <algorithm>
#include <array>

#include "engine/kernels/gemm_tile.h"
#include "engine/kernels/simd.h"

namespace athanor::kernels {
namespace {

using simd::kLanes;
using tile::kTileColumns;
using tile::kTileRows;
using tile::stretched_product;
using tile::Stretches;

constexpr Index kStripSize = 8192;   // Reals
constexpr Index kPackedSize = 8192;  // likewise

/// The rows of an image that some rows of outputs see, padding included.
class Strips {
 public:
  explicit Strips(const Images& images)
      : images_(images),
        width_((images.out_width - 1) * images.window.columns.stride + images.window.columns.reach()),
        line_(width_ * images.channels) {
    const WindowAxis& rows = images.window.rows;
    const Index lines = kStripSize / std::max<Index>(line_, 1);
    rows_ = lines < rows.reach() ? 0 : std::min(images.out_height, (lines - rows.reach()) / rows.stride + 1);
  }

  /// Rows of outputs that a strip serves; 0 when not even one fits.
  [[nodiscard]] Index rows() const { return rows_; }
  /// From one row of a strip to the next.
  [[nodiscard]] Index line() const { return line_; }

  /// Calls f(image, first, count, strip) for every strip: `count` rows of outputs from `first` on.
  template <typename F>
  void each(const Real* x, F f) const {
    // NOLINTNEXTLINE(cppcoreguidelines-pro-type-member-init): fill() fills what is read
    alignas(64) std::array<Real, kStripSize> strip;
    for (Index image = 0; image < images_.batch; ++image) {
      for (Index first = 0; first < images_.out_height; first += rows_) {
        const Index count = std::min(rows_, images_.out_height - first);
        fill(x, image, first, count, strip.data());
        f(image, first, count, strip.data());
      }
    }
  }

 private:
  void fill(const Real* x, Index image, Index first, Index count, Real* strip) const {
    const WindowAxis& rows = images_.window.rows;
    const Index channels = images_.channels;
    const Index before = images_.window.columns.before;
    // Columns of the image that the windows see, and what of the strip's width is left on either side.
    const Index from = std::max<Index>(0, -before);
    const Index left = std::clamp<Index>(before, 0, width_);
    const Index seen = std::clamp<Index>(images_.width - from, 0, width_ - left);
    const Index lines = (count - 1) * rows.stride + rows.reach();
    for (Index line = 0; line < lines; ++line, strip += line_) {
      const Index row = first * rows.stride + line - rows.before;
      if (row < 0 || row >= images_.height) {
        std::fill_n(strip, line_, Real{0});
        continue;
      }
      const Real* source = x + ((image * images_.height + row) * images_.width + from) * channels;
      std::fill_n(strip, left * channels, Real{0});
      std::copy_n(source, seen * channels, strip + left * channels);
      std::fill(strip + (left + seen) * channels, strip + line_, Real{0});
    }
  }

  const Images& images_;
  Index width_;
  Index line_;
  Index rows_;
};

/// b[depth, width], of rows `stride` apart, by tiles of columns, as the product takes them: where they stand, and the
/// last one, if it is not whole, copied, with zeros for what is missing.
class Columns {
 public:
  struct Tile {
    const Real* data;
    Index stride;
    Index width;
  };

  /// `packed` has room for depth rows of a tile.
  Columns(const Real* b, Index depth, Index width, Index stride, Real* packed)
      : b_(b), packed_(packed), width_(width), stride_(stride) {
    const Index rest = width % kTileColumns;
    if (rest == 0) return;
    for (const Real* from = b + width - rest; depth > 0; --depth, from += stride, packed += kTileColumns) {
      std::fill(std::copy_n(from, rest, packed), packed + kTileColumns, Real{0});
    }
  }

  [[nodiscard]] Tile at(Index column) const {
    const Index width = std::min(kTileColumns, width_ - column);
    if (width < kTileColumns) return {.data = packed_, .stride = kTileColumns, .width = width};
    return {.data = b_ + column, .stride = stride_, .width = width};
  }

 private:
  const Real* b_;
  const Real* packed_;
  Index width_;
  Index stride_;
};

using StretchedProduct = void (*)(const Stretches&, const Real*, Index, Real*);
constexpr std::array<StretchedProduct, 7> kStretchedProducts{
    nullptr,
    stretched_product<1>,
    stretched_product<2>,
    stretched_product<3>,
    stretched_product<4>,
    stretched_product<5>,
    kTileRows > 5 ? stretched_product<std::max<Index>(kTileRows, 5)> : nullptr};

/// c[rows, b.width] = a * b (+ c), c's rows `stride` apart.
void product(Stretches a, Index rows, const Columns::Tile& b, Real* c, Index stride, bool accumulate) {
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-member-init): the product fills it
  alignas(64) std::array<Real, kTileRows * kTileColumns> sums;
  const Index tiles = (rows + kTileRows - 1) / kTileRows;
  for (Index i = 0; i < tiles; ++i) {
    const Index count = rows / tiles + (i < rows % tiles ? 1 : 0);  // as equal in number as can be
    kStretchedProducts[static_cast<std::size_t>(count)](a, b.data, b.stride, sums.data());
    a.data += count * a.row_stride;
    const Real* from = sums.data();
    for (Index row = 0; row < count; ++row, c += stride, from += kTileColumns) {
      for (Index j = 0; j < b.width; j += kLanes) {
        simd::Vector v = simd::load(from + j);
        if (accumulate) v += simd::load_up_to(c + j, b.width - j);
        simd::store_up_to(c + j, v, b.width - j);
      }
    }
  }
}

Index depth_of(const Images& images) { return images.window.rows.size * images.window.columns.size * images.channels; }

}  // namespace

bool has_strips(const Images& images, Index filters) {
  const Strips strips(images);
  const Index packed = std::max(depth_of(images), strips.rows() * images.out_width) * kTileColumns;
  return images.window.groups == 1 && images.window.columns.dilation == 1 && strips.rows() > 0 && filters > 0 &&
         packed <= kPackedSize;
}

void convolve_strips(const Images& images, Index filters, const Real* x, const Real* weights, Real* y) {
  const WindowAxis& rows = images.window.rows;
  const Strips strips(images);
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-member-init): Columns fills what is read
  alignas(64) std::array<Real, kPackedSize> packed;
  const Columns columns(weights, depth_of(images), filters, filters, packed.data());
  strips.each(x, [&](Index image, Index first, Index count, const Real* strip) {
    Real* out = y + (image * images.out_height + first) * images.out_width * filters;
    for (Index row = 0; row < count; ++row, out += images.out_width * filters) {
      const Stretches seen{.data = strip + row * rows.stride * strips.line(),
                           .row_stride = images.window.columns.stride * images.channels,
                           .column_stride = 1,
                           .length = images.window.columns.size * images.channels,
                           .count = rows.size,
                           .apart = rows.dilation * strips.line()};
      for (Index column = 0; column < filters; column += kTileColumns) {
        product(seen, images.out_width, columns.at(column), out + column, filters, false);
      }
    }
  });
}

void convolve_weights_strips(const Images& images, Index filters, Index all, const Real* x, const Real* dy,
                             Real* dweights) {
  const WindowAxis& rows = images.window.rows;
  const Index entries = images.window.columns.size * images.channels;  // of a row of the window
  const Strips strips(images);
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-member-init): Columns fills what is read
  alignas(64) std::array<Real, kPackedSize> packed;
  bool accumulate = false;
  strips.each(x, [&](Index image, Index first, Index count, const Real* strip) {
    const Real* const gradient = dy + (image * images.out_height + first) * images.out_width * all;
    const Columns columns(gradient, count * images.out_width, filters, all, packed.data());
    for (Index row = 0; row < rows.size; ++row) {
      const Stretches seen{.data = strip + row * rows.dilation * strips.line(),
                           .row_stride = 1,
                           .column_stride = images.window.columns.stride * images.channels,
                           .length = images.out_width,
                           .count = count,
                           .apart = rows.stride * strips.line()};
      for (Index column = 0; column < filters; column += kTileColumns) {
        product(seen, entries, columns.at(column), dweights + row * entries * all + column, all, accumulate);
      }
    }
    accumulate = true;
  });
}

}  // namespace athanor::kernels
