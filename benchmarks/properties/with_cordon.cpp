#define CORDON_MAIN
#include <cordon/property.hpp>

#include "problems.hpp"

namespace gen = cordon::gen;
using namespace problems;

namespace {

template <class T>
void expect(bool holds, const T& value) {
    if (!holds) FAIL(show(value));
}

numbers of_length(cordon::source& from, int length, int most) {
    const auto size = static_cast<std::size_t>(length);
    return from.draw(gen::container_of<numbers>(gen::in_range(0, most), size, size));
}

term make_term(cordon::source& from) {
    if (from.size() <= 2 || from.draw(gen::in_range(0, 2)) == 0) return {'n', from.any<int>(), {}, {}};
    term made{from.draw(gen::element_of('+', '/')), 0, {}, {}};
    const cordon::source::resized half(from, from.size() / 2);
    made.left = std::make_shared<term>(from.draw(make_term));
    made.right = std::make_shared<term>(from.draw(make_term));
    return made;
}

heap make_heap(cordon::source& from, int least) {
    heap made{from.draw(gen::in_range(least, 1000)), nullptr, nullptr};
    const auto part = [&](cordon::source& more) { return make_heap(more, made.value); };
    const bool may_grow = from.size() > 1;
    const cordon::source::resized half(from, from.size() / 2);
    if (may_grow && from.any<bool>()) made.left = std::make_shared<heap>(from.draw(part));
    if (may_grow && from.any<bool>()) made.right = std::make_shared<heap>(from.draw(part));
    return made;
}

}  // namespace

PROPERTY("reverse", numbers v) { expect(reverse(v), v); }
PROPERTY("distinct", numbers v) { expect(distinct(v), v); }
PROPERTY("large_union_list", lists all) { expect(large_union_list(all), all); }
PROPERTY("nested_lists", lists all) { expect(nested_lists(all), all); }
PROPERTY("length_list", void) {
    const auto lists_of = gen::bind(gen::in_range(1, 100), [](int length) {
        return [length](cordon::source& from) { return of_length(from, length, 1000); };
    });
    const numbers v = cordon::draw(lists_of);
    expect(length_list(v), v);
}
PROPERTY("difference", void) {
    const auto number = gen::in_range(0, 1000);
    const auto p = cordon::draw(gen::tuple_of<std::pair<int, int>>(number, number));
    expect(difference(p), p);
}
PROPERTY("bound5", void) {
    const auto list = gen::filter(gen::any<std::vector<short>>(), is_below_256);
    const shorts all = cordon::draw(gen::container_of<shorts>(list, 5, 5));
    expect(bound5(all), all);
}
PROPERTY("coupling", void) {
    const numbers v = cordon::draw(gen::bind(gen::in_range(1, 10), [](int length) {
        return [length](cordon::source& from) { return of_length(from, length, length - 1); };
    }));
    expect(coupling(v), v);
}
PROPERTY("deletion", void) {
    const auto list = cordon::draw(gen::container_of<numbers>(gen::any<int>(), 1));
    const auto at = cordon::draw(gen::in_range(0, static_cast<int>(list.size()) - 1));
    const std::pair<numbers, int> given(list, list[static_cast<std::size_t>(at)]);
    expect(deletion(given), given);
}
PROPERTY("calculator", void) {
    term t;
    // Not by draw(): a term has no code.
    t = cordon::draw([](cordon::source& from) { return std::make_shared<term>(make_term(from)); }).operator*();
    expect(calculator(t), t);
}
PROPERTY("binheap", void) {
    const auto h = cordon::draw([](cordon::source& from) { return std::make_shared<heap>(make_heap(from, 0)); });
    expect(binheap(*h), *h);
}
PROPERTY("speed", int x, numbers v) { expect(x == x && v.size() < 100'000, v); }
