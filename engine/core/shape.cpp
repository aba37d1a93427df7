#include "engine/core/shape.h"

namespace athanor {

bool Shape::operator==(const Shape& other) const {
  return rank == other.rank && dims[0] == other.dims[0] && dims[1] == other.dims[1] && dims[2] == other.dims[2] &&
         dims[3] == other.dims[3];
}

}  // namespace athanor
