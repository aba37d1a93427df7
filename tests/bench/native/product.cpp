// The matrix product: Athanor's, Eigen's, and the micro-kernel of the former alone.
#include <Eigen/Core>
#include <array>
#include <stdexcept>
#include <vector>

#include "engine/kernels/gemm.h"
#include "engine/kernels/gemm_tile.h"
#include "tests/bench/native/work.h"

namespace athanor::bench {
namespace {

using kernels::GemmShape;

class Product : public Work {
 public:
  explicit Product(const Json& content)
      : shape_{.m = content["workload"]["m"].get<Index>(),
               .n = content["workload"]["n"].get<Index>(),
               .k = content["workload"]["k"].get<Index>(),
               .transpose_a = content["workload"]["transpose_a"].get<bool>(),
               .transpose_b = content["workload"]["transpose_b"].get<bool>()},
        a_(content["operands"]["a"].get<std::vector<Real>>()),
        b_(content["operands"]["b"].get<std::vector<Real>>()),
        c_(static_cast<std::size_t>(shape_.m * shape_.n)) {}

  void run(Index count) override {
    for (Index i = 0; i < count; ++i) kernels::gemm(shape_, a_.data(), b_.data(), c_.data());
  }

 protected:
  // NOLINTBEGIN(cppcoreguidelines-non-private-member-variables-in-classes): what both libraries multiply
  GemmShape shape_;
  std::vector<Real> a_;
  std::vector<Real> b_;
  std::vector<Real> c_;
  // NOLINTEND(cppcoreguidelines-non-private-member-variables-in-classes)
};

class EigenProduct : public Product {
 public:
  using Product::Product;

  void run(Index count) override {
    using Matrix = Eigen::Matrix<Real, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
    const auto [m, n, k] = std::array{shape_.m, shape_.n, shape_.k};
    const bool transpose_a = shape_.transpose_a;
    const bool transpose_b = shape_.transpose_b;
    const Eigen::Map<const Matrix> a(a_.data(), transpose_a ? k : m, transpose_a ? m : k);
    const Eigen::Map<const Matrix> b(b_.data(), transpose_b ? n : k, transpose_b ? k : n);
    Eigen::Map<Matrix> c(c_.data(), m, n);
    for (Index i = 0; i < count; ++i) {
      if (transpose_a) {
        c.noalias() = a.transpose() * b;
      } else if (transpose_b) {
        c.noalias() = a * b.transpose();
      } else {
        c.noalias() = a * b;
      }
    }
  }
};

/// A row of tiles of full depth: 5 or 6 kB of a, 8 or 16 kB of b.
class Peak : public Work {
 public:
  [[nodiscard]] double flops() const override { return 2.0 * kTileRows * kTileColumns * kDepth; }

  void run(Index count) override {
    const kernels::View a{.data = a_.data(), .row_stride = kDepth, .column_stride = 1};
    for (Index i = 0; i < count; ++i) product_(a, b_.data(), kTileColumns, kDepth, c_.data());
  }

 private:
  static constexpr Index kTileRows = kernels::tile::kTileRows;
  static constexpr Index kTileColumns = kernels::tile::kTileColumns;
  static constexpr Index kDepth = 256;  // as deep as a panel (gemm.cpp)

  std::vector<Real> a_ = std::vector<Real>(static_cast<std::size_t>(kTileRows * kDepth), 0.5F);
  std::vector<Real> b_ = std::vector<Real>(static_cast<std::size_t>(kDepth * kTileColumns), 0.25F);
  std::vector<Real> c_ = std::vector<Real>(static_cast<std::size_t>(kTileRows * kTileColumns));
  // Through a pointer that could change, as the product calls it: not moved into the loop.
  void (*volatile product_)(const kernels::View&, const Real*, Index, Index,
                            Real*) = kernels::tile::tile_product<kTileRows>;
};

}  // namespace

std::unique_ptr<Work> make_product(const Json& content, std::string_view library) {
  if (library == "eigen") return std::make_unique<EigenProduct>(content);
  return std::make_unique<Product>(content);
}

std::unique_ptr<Work> make_peak() { return std::make_unique<Peak>(); }

}  // namespace athanor::bench
