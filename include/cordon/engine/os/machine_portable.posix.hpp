#pragma once

#include <cordon/api/config.hpp>
#include <cordon/engine/os/lineage.posix.hpp>
#include <cordon/engine/os/machine.posix.hpp>

#include <fcntl.h>
#include <unistd.h>

CORDON_CHEAP_BEGIN

namespace cordon::engine::os {

instant steady_now() { return now(); }
void expect_few_clock_reads() {}

bool draw_random(std::uint64_t& bits) {
    const descriptor source(::open("/dev/urandom", O_RDONLY | O_CLOEXEC));
    return source && ::read(source.native(), &bits, sizeof bits) == static_cast<ssize_t>(sizeof bits);
}

std::uint32_t usable_processors() {
    const long count = ::sysconf(_SC_NPROCESSORS_ONLN);
    return count > 0 ? static_cast<std::uint32_t>(count) : 1;
}

optional<processor_times> read_processor_times() { return nullopt; }

std::string linked_build_id() { return {}; }

std::string build_id() { return machine_posix::file_identity(lineage_posix::self_file().c_str()); }

std::uint64_t used_address_space() { return 0; }

}  // namespace cordon::engine::os

CORDON_CHEAP_END
