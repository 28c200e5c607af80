// What the headers that stand for Catch2's refuse, and the words that say why. Each case is compiled by itself.
// flags: -I../../../include/cordon/compat
// error FALLBACK: CATCH_CONFIG_FALLBACK_STRINGIFIER is not supported
// error REPORTER: CATCH_CONFIG_DEFAULT_REPORTER is not supported
// error ALIAS: a tag alias of Catch2 has the form
// error SPEC: the test specs of Catch2 are read by cordon
// error INTERNAL: this header of Catch2 has only its internals
// error OWN_REPORTER: reporters of Catch2 are not supported: choose a report with --report
// error REPORTER_BASE: reporters of Catch2 are not supported
// error AFTER: include Catch2's header before <cordon/cordon.hpp>
// error MATCHER: a matcher of Catch2 derives from Catch::Matchers::MatcherBase
#if defined(FALLBACK)
#define CATCH_CONFIG_FALLBACK_STRINGIFIER to_words
#elif defined(REPORTER)
#define CATCH_CONFIG_DEFAULT_REPORTER "xml"
#elif defined(AFTER)
#include <cordon/cordon.hpp>
#endif
#include <catch2/catch_all.hpp>
#if defined(ALIAS)
CATCH_REGISTER_TAG_ALIAS("[short]", "[a]");
#elif defined(SPEC)
#include <catch2/catch_test_spec.hpp>
#elif defined(INTERNAL)
#include <catch2/interfaces/catch_interfaces_registry_hub.hpp>
#elif defined(OWN_REPORTER)
struct own_reporter {};
CATCH_REGISTER_REPORTER("own", own_reporter);
#elif defined(REPORTER_BASE)
#include <catch2/reporters/catch_reporter_streaming_base.hpp>
#elif defined(MATCHER)
TEST_CASE("refused") { CHECK_THAT(1, 1); }
#endif
