#pragma once

#include <cordon/compat/parts/catch2/generators/generator.hpp>

#include <cstddef>
#include <string>

// The generators that Catch2 has.

namespace Catch::Generators {

template <typename T>
class FixedValuesGenerator final : public IGenerator<T> {
    struct cell {  // std::vector<bool> has no elements
        T value;
    };

  public:
    FixedValuesGenerator(std::initializer_list<T> values) : FixedValuesGenerator(values.begin(), values.end()) {}
    template <typename I, typename S>
    FixedValuesGenerator(I first, S last) {
        for (; first != last; ++first)
            cells_.push_back({static_cast<T>(*first)});
        if (cells_.empty()) refuse("a generator has no values");
    }
    const T& get() const override { return cells_[at_].value; }
    bool next() override { return ++at_ < cells_.size(); }

  private:
    std::vector<cell> cells_;
    std::size_t at_ = 0;
};

template <typename T>
class SingleValueGenerator final : public IGenerator<T> {
  public:
    template <typename U>
    explicit SingleValueGenerator(U&& value) : value_(std::forward<U>(value)) {}
    const T& get() const override { return value_; }
    bool next() override { return false; }

  private:
    T value_;
};

template <typename T>
GeneratorWrapper<std::decay_t<T>> value(T&& only) {
    return cordon_compat::wrapped<SingleValueGenerator<std::decay_t<T>>>(std::forward<T>(only));
}
template <typename T>
GeneratorWrapper<T> values(std::initializer_list<T> all) {
    return cordon_compat::wrapped<FixedValuesGenerator<T>>(all);
}
template <typename... T>
GeneratorWrapper<std::tuple<T...>> table(std::initializer_list<std::tuple<std::decay_t<T>...>> rows) {
    return values<std::tuple<T...>>(rows);
}
template <typename I, typename S, typename T = typename std::iterator_traits<I>::value_type>
GeneratorWrapper<T> from_range(I first, S last) {
    return cordon_compat::wrapped<FixedValuesGenerator<T>>(first, last);
}
template <typename C>
auto from_range(const C& container) {
    using std::begin;
    using std::end;
    using type = std::decay_t<decltype(*begin(container))>;
    return cordon_compat::wrapped<FixedValuesGenerator<type>>(begin(container), end(container));
}

template <typename T>
class RangeGenerator final : public IGenerator<T> {
  public:
    RangeGenerator(T first, T end, T step) : at_(first), end_(end), step_(step), up_(step > T()) {
        if (!(step < T()) && !up_) refuse("range: the step is 0");
        if (up_ ? first > end : first < end) refuse("range: the step leads away from the end");
    }
    const T& get() const override { return at_; }
    bool next() override {
        at_ = static_cast<T>(at_ + step_);
        return up_ ? at_ < end_ : at_ > end_;
    }

  private:
    T at_;
    T end_;
    T step_;
    bool up_;
};
/// From `first` up to `end`, which does not belong to it.
template <typename T>
GeneratorWrapper<T> range(const T& first, const T& end, const T& step) {
    return cordon_compat::wrapped<RangeGenerator<T>>(first, end, step);
}
template <typename T>
GeneratorWrapper<T> range(const T& first, const T& end) {
    return range<T>(first, end, first < end ? T(1) : static_cast<T>(-1));
}

/// cordon's random numbers: the same in each pass of a run with one seed.
template <typename T>
class RandomGenerator final : public IGenerator<T> {
  public:
    RandomGenerator(T low, T high) : from_(low, high) { next(); }
    const T& get() const override { return value_; }
    bool next() override {
        from_.next();
        value_ = from_.get();
        return true;
    }

  private:
    ::cordon::generators::random_of<T> from_;
    T value_ = T();
};
template <typename T>
GeneratorWrapper<T> random(T low, T high) {
    return cordon_compat::wrapped<RandomGenerator<T>>(low, high);
}

template <typename T>
class TakeGenerator final : public IGenerator<T> {
  public:
    TakeGenerator(std::size_t count, GeneratorWrapper<T>&& from) : from_(std::move(from)), left_(count) {
        if (count == 0) refuse("take: the count is 0");
    }
    const T& get() const override { return from_.get(); }
    bool next() override {
        if (left_ == 0 || --left_ == 0) return false;
        if (!from_.next()) left_ = 0;
        return left_ != 0;
    }

  private:
    GeneratorWrapper<T> from_;
    std::size_t left_;
};
template <typename T>
GeneratorWrapper<T> take(std::size_t count, GeneratorWrapper<T>&& from) {
    return cordon_compat::wrapped<TakeGenerator<T>>(count, std::move(from));
}

template <typename T, typename F>
class FilterGenerator final : public IGenerator<T> {
  public:
    FilterGenerator(F condition, GeneratorWrapper<T>&& from)
        : condition_(std::move(condition)), from_(std::move(from)) {
        if (!condition_(from_.get()) && !next()) refuse("filter: no value meets the condition");
    }
    const T& get() const override { return from_.get(); }
    bool next() override {
        while (from_.next()) {
            if (condition_(from_.get())) return true;
        }
        return false;
    }

  private:
    F condition_;
    GeneratorWrapper<T> from_;
};
template <typename T, typename F>
GeneratorWrapper<T> filter(F&& condition, GeneratorWrapper<T>&& from) {
    return cordon_compat::wrapped<FilterGenerator<T, std::decay_t<F>>>(std::forward<F>(condition), std::move(from));
}

template <typename T>
class RepeatGenerator final : public IGenerator<T> {
    struct cell {
        T value;
    };

  public:
    RepeatGenerator(std::size_t count, GeneratorWrapper<T>&& from) : from_(std::move(from)), left_(count) {
        if (count == 0) refuse("repeat: the count is 0");
        cells_.push_back({from_.get()});
    }
    const T& get() const override { return cells_[at_].value; }
    bool next() override {
        if (is_first_ && from_.next()) {
            cells_.push_back({from_.get()});
            ++at_;
            return true;
        }
        is_first_ = false;
        if (++at_ < cells_.size()) return true;
        at_ = 0;
        return left_ != 0 && --left_ != 0;
    }

  private:
    GeneratorWrapper<T> from_;
    std::size_t left_;
    std::vector<cell> cells_;
    std::size_t at_ = 0;
    bool is_first_ = true;  ///< the values are still being collected
};
template <typename T>
GeneratorWrapper<T> repeat(std::size_t count, GeneratorWrapper<T>&& from) {
    return cordon_compat::wrapped<RepeatGenerator<T>>(count, std::move(from));
}

template <typename T, typename U, typename F>
class MapGenerator final : public IGenerator<T> {
  public:
    MapGenerator(F function, GeneratorWrapper<U>&& from)
        : function_(std::move(function)), from_(std::move(from)), value_(function_(from_.get())) {}
    const T& get() const override { return value_; }
    bool next() override {
        if (!from_.next()) return false;
        value_ = function_(from_.get());
        return true;
    }

  private:
    F function_;
    GeneratorWrapper<U> from_;
    T value_;
};
template <typename F, typename U, typename T = std::decay_t<std::invoke_result_t<F&, const U&>>>
GeneratorWrapper<T> map(F&& function, GeneratorWrapper<U>&& from) {
    return cordon_compat::wrapped<MapGenerator<T, U, std::decay_t<F>>>(std::forward<F>(function), std::move(from));
}
template <typename T, typename U, typename F>
GeneratorWrapper<T> map(F&& function, GeneratorWrapper<U>&& from) {
    return cordon_compat::wrapped<MapGenerator<T, U, std::decay_t<F>>>(std::forward<F>(function), std::move(from));
}

template <typename T>
class ChunkGenerator final : public IGenerator<std::vector<T>> {
  public:
    ChunkGenerator(std::size_t size, GeneratorWrapper<T>&& from) : size_(size), from_(std::move(from)) {
        if (size_ == 0) return;
        chunk_.push_back(from_.get());
        if (!fill()) refuse("chunk: not enough values for the first chunk");
    }
    const std::vector<T>& get() const override { return chunk_; }
    bool next() override {
        chunk_.clear();
        return fill();
    }

  private:
    bool fill() {
        while (chunk_.size() < size_) {
            if (!from_.next()) return false;
            chunk_.push_back(from_.get());
        }
        return true;
    }

    std::size_t size_;
    GeneratorWrapper<T> from_;
    std::vector<T> chunk_;
};
template <typename T>
GeneratorWrapper<std::vector<T>> chunk(std::size_t size, GeneratorWrapper<T>&& from) {
    return cordon_compat::wrapped<ChunkGenerator<T>>(size, std::move(from));
}

/// The first argument of GENERATE that names the type of all values.
template <typename T>
struct as {};

/// The values of several generators, one after another.
template <typename T>
class Generators final : public IGenerator<T> {
  public:
    template <typename... G>
    explicit Generators(G&&... parts) {
        parts_.reserve(sizeof...(G));
        (add(std::forward<G>(parts)), ...);
    }
    const T& get() const override { return parts_[at_].get(); }
    bool next() override {
        if (at_ < parts_.size() && !parts_[at_].next()) ++at_;
        return at_ < parts_.size();
    }

  private:
    void add(GeneratorWrapper<T>&& part) { parts_.push_back(std::move(part)); }
    template <typename U>
    void add(U&& part) {
        parts_.push_back(value(T(std::forward<U>(part))));
    }

    std::vector<GeneratorWrapper<T>> parts_;
    std::size_t at_ = 0;
};

template <typename T>
GeneratorWrapper<T> cat(GeneratorWrapper<T>&& first, GeneratorWrapper<T>&& second) {
    return cordon_compat::wrapped<Generators<T>>(std::move(first), std::move(second));
}

template <typename T, typename... G>
GeneratorWrapper<T> makeGenerators(GeneratorWrapper<T>&& first, G&&... more) {
    return cordon_compat::wrapped<Generators<T>>(std::move(first), std::forward<G>(more)...);
}
template <typename T, typename... G>
GeneratorWrapper<T> makeGenerators(as<T>, G&&... all) {
    return cordon_compat::wrapped<Generators<T>>(std::forward<G>(all)...);
}
template <typename T, typename... G>
GeneratorWrapper<std::decay_t<T>> makeGenerators(T&& first, G&&... more) {
    return makeGenerators(value(std::forward<T>(first)), std::forward<G>(more)...);
}

}  // namespace Catch::Generators
