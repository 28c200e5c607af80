#pragma once

// Many tests of one kind: whoever includes this defines ONE(number), and gets HUNDRED(prefix) and THOUSAND(prefix) of
// them, numbered 00 to 99 and 000 to 999 behind the prefix.

#define TEN(prefix) \
    ONE(prefix##0)  \
    ONE(prefix##1)  \
    ONE(prefix##2)  \
    ONE(prefix##3)  \
    ONE(prefix##4) ONE(prefix##5) ONE(prefix##6) ONE(prefix##7) ONE(prefix##8) ONE(prefix##9)
#define HUNDRED(prefix) \
    TEN(prefix##0)      \
    TEN(prefix##1)      \
    TEN(prefix##2)      \
    TEN(prefix##3)      \
    TEN(prefix##4)      \
    TEN(prefix##5)      \
    TEN(prefix##6)      \
    TEN(prefix##7)      \
    TEN(prefix##8)      \
    TEN(prefix##9)
#define THOUSAND(prefix) \
    HUNDRED(prefix##0)   \
    HUNDRED(prefix##1)   \
    HUNDRED(prefix##2)   \
    HUNDRED(prefix##3)   \
    HUNDRED(prefix##4)   \
    HUNDRED(prefix##5)   \
    HUNDRED(prefix##6)   \
    HUNDRED(prefix##7)   \
    HUNDRED(prefix##8)   \
    HUNDRED(prefix##9)
