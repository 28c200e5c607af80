#pragma once

#include <cordon/api/test_case.hpp>

#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

// Adds tests of another framework to cordon's. What is made here lives as long as the program.

namespace cordon::adapters {

inline const char* lasting(std::string text) { return (new std::string(std::move(text)))->c_str(); }

/// A test that is to be added.
struct new_test {
    std::string suite;
    std::string name;  ///< empty: cordon numbers it
    location where;
    std::vector<detail::decorator> decorators;
    const void* context = nullptr;  ///< of the body

    void decorate(detail::decorator item) { decorators.push_back(item); }
    /// By an option of the other framework.
    void leave_out() { decorate({detail::decoration::left_out, nullptr, 1}); }
};

class enrolment {
  public:
    explicit enrolment(void (*body)(const void*)) : body_(body) {}

    /// Returns the name under which cordon knows the test: other frameworks accept two tests of one name.
    const char* add(const new_test& made) {
        auto* const items = new detail::decorator[made.decorators.size() + 1];
        std::size_t count = 0;
        if (!made.name.empty()) items[count++] = detail::decorator(lasting(unique(made.suite, made.name)));
        const char* const name = count == 0 ? "" : items[0].text;
        for (const detail::decorator& each : made.decorators)
            items[count++] = each;
        new detail::test_case(body_, made.where, suite_of(made), items, count, made.context);
        return name;
    }

  private:
    const detail::suite* suite_of(const new_test& made) {
        if (made.suite.empty()) return nullptr;
        const detail::suite*& known = suites_[made.suite];
        if (known == nullptr) {
            auto* const name = new detail::decorator[1]{detail::decorator(lasting(made.suite))};
            known = new detail::suite{made.where, nullptr, name, 1};
        }
        return known;
    }

    std::string unique(const std::string& suite, const std::string& wanted) {
        std::string name = wanted;
        for (int number = 2; !taken_.insert(suite + "/" + name).second; ++number)
            name = wanted + " #" + std::to_string(number);
        return name;
    }

    void (*body_)(const void*);
    std::map<std::string, const detail::suite*> suites_;
    std::set<std::string> taken_;
};

}  // namespace cordon::adapters
