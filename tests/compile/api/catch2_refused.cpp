// What the headers that stand for Catch2's refuse, and the words that say why. Each case is compiled by itself.
// flags: -I../../../include/cordon/compat
// error FALLBACK: CATCH_CONFIG_FALLBACK_STRINGIFIER is not supported
// error REPORTER: CATCH_CONFIG_DEFAULT_REPORTER is not supported
// error CLI: Catch::Session::cli\(\) is not supported
// error ALIAS: tag aliases of Catch2 are not supported
// error CONSTRUCTOR: storage_for and destructable_object of Catch2 are not supported
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
#include <catch2/catch_tag_alias.hpp>
#elif defined(CONSTRUCTOR)
#include <catch2/benchmark/catch_constructor.hpp>
#elif defined(OWN_REPORTER)
struct own_reporter {};
CATCH_REGISTER_REPORTER("own", own_reporter);
#elif defined(REPORTER_BASE)
#include <catch2/reporters/catch_reporter_streaming_base.hpp>
#elif defined(CLI)
int own_main(int argc, char** argv);
int own_main(int argc, char** argv) {
    Catch::Session session;
    session.cli();
    return session.run(argc, argv);
}
#elif defined(MATCHER)
TEST_CASE("refused") { CHECK_THAT(1, 1); }
#endif
