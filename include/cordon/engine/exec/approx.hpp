#pragma once

#include <cordon/api/approx.hpp>

#include <algorithm>
#include <cmath>

namespace cordon {

bool Approx::is_near(double other) const {
    // Equal infinities have no distance. NaN is not less than, greater than or equal to anything, even itself.
    if (!(other < value_) && !(value_ < other)) return other <= value_;
    const double distance = std::fabs(other - value_);
    if (distance <= margin_) return true;
    const double allowed = epsilon_ * (scale_ + std::max(std::fabs(other), std::fabs(value_)));
    return distance < allowed && std::isfinite(allowed);
}

bool operator==(Approx::number other, const Approx& approx) { return approx.is_near(other.value); }
bool operator!=(Approx::number other, const Approx& approx) { return !approx.is_near(other.value); }
bool operator<(Approx::number other, const Approx& approx) {
    return other.value < approx.value() && !approx.is_near(other.value);
}
bool operator>(Approx::number other, const Approx& approx) {
    return other.value > approx.value() && !approx.is_near(other.value);
}
bool operator<=(Approx::number other, const Approx& approx) {
    return other.value < approx.value() || approx.is_near(other.value);
}
bool operator>=(Approx::number other, const Approx& approx) {
    return other.value > approx.value() || approx.is_near(other.value);
}
bool operator==(const Approx& approx, Approx::number other) { return other == approx; }
bool operator!=(const Approx& approx, Approx::number other) { return other != approx; }
bool operator<(const Approx& approx, Approx::number other) { return other > approx; }
bool operator>(const Approx& approx, Approx::number other) { return other < approx; }
bool operator<=(const Approx& approx, Approx::number other) { return other >= approx; }
bool operator>=(const Approx& approx, Approx::number other) { return other <= approx; }

void to_text(text_sink& out, const Approx& approx) { out << "Approx( " << approx.value() << " )"; }

}  // namespace cordon
