#pragma once

#include <cordon/engine/base/hash.hpp>
#include <cordon/engine/os/port_hold.hpp>
#include <cordon/engine/os/process.windows.hpp>

#include <cstring>

// A held port is a named object of the system: it ends with the process, however it ends.

namespace cordon::engine::os {

namespace windows {

/// The functions of Winsock that are needed. Loaded at the first use, so that no program must be linked with it.
struct sockets {
    using start_function = int(WINAPI*)(WORD, void*);
    using socket_function = std::uintptr_t(WINAPI*)(int, int, int);
    using bind_function = int(WINAPI*)(std::uintptr_t, const void*, int);
    using option_function = int(WINAPI*)(std::uintptr_t, int, int, const char*, int);
    using close_function = int(WINAPI*)(std::uintptr_t);
    using error_function = int(WINAPI*)();

    start_function start = function_of<start_function>(L"ws2_32.dll", "WSAStartup");
    socket_function socket = function_of<socket_function>(L"ws2_32.dll", "socket");
    bind_function bind = function_of<bind_function>(L"ws2_32.dll", "bind");
    option_function option = function_of<option_function>(L"ws2_32.dll", "setsockopt");
    close_function close = function_of<close_function>(L"ws2_32.dll", "closesocket");
    error_function error = function_of<error_function>(L"ws2_32.dll", "WSAGetLastError");
    bool usable = false;

    sockets() {
        char about[1024];
        usable = start != nullptr && socket != nullptr && bind != nullptr && option != nullptr && close != nullptr &&
                 error != nullptr && start(0x0202, about) == 0;
    }
};

/// A system without IPv6, for example, has no user of the port there.
bool is_free(const sockets& with, int family, int type, std::uint32_t port) {
    constexpr int ipv4 = 2, level_ipv6 = 41, ipv6_only = 27, level_socket = 0xFFFF, in_use = 10048, forbidden = 10013;
    constexpr int exclusive = -5;  // SO_EXCLUSIVEADDRUSE: else a port could be taken from its user
    const std::uintptr_t made = with.socket(family, type, 0);
    if (made == static_cast<std::uintptr_t>(-1)) return true;
    const int yes = 1;
    with.option(made, level_socket, exclusive, reinterpret_cast<const char*>(&yes), sizeof yes);
    if (family != ipv4) with.option(made, level_ipv6, ipv6_only, reinterpret_cast<const char*>(&yes), sizeof yes);
    // sockaddr_in and sockaddr_in6: the family, the port in network order, and zeros for any address.
    unsigned char address[28] = {};
    const auto kind = static_cast<std::uint16_t>(family);
    std::memcpy(address, &kind, sizeof kind);
    address[2] = static_cast<unsigned char>(port >> 8);
    address[3] = static_cast<unsigned char>(port & 0xFF);
    const int bound = with.bind(made, address, family == ipv4 ? 16 : 28);
    const int code = bound == 0 ? 0 : with.error();
    with.close(made);
    return code != in_use && code != forbidden;
}

bool is_free(std::uint32_t port) {
    static const auto* with = new sockets;  // never destroyed
    if (!with->usable) return true;
    for (const int type : {1, 2}) {  // TCP, UDP
        if (!is_free(*with, 2, type, port) || !is_free(*with, 23, type, port)) return false;
    }
    return true;
}

HANDLE& held_port(std::uint32_t port) {
    static HANDLE held[port_count] = {};
    return held[port - first_port];
}

/// Null if another process holds it, or this one.
HANDLE hold_port(std::uint32_t port) {
    const std::wstring name = L"Global\\cordon-port-" + std::to_wstring(port);
    const HANDLE made = ::CreateMutexW(nullptr, FALSE, name.c_str());
    if (made == nullptr || ::GetLastError() != ERROR_ALREADY_EXISTS) return made;
    ::CloseHandle(made);
    return nullptr;
}

}  // namespace windows

result<std::uint32_t> hold_free_port() {
    static auto next = static_cast<std::uint32_t>(mix_bits(static_cast<std::uint64_t>(own_process_id())));
    for (std::uint32_t tried = 0; tried < port_count; ++tried) {
        const std::uint32_t port = first_port + next++ % port_count;
        if (windows::held_port(port) != nullptr) continue;
        const HANDLE held = windows::hold_port(port);
        if (held == nullptr) continue;
        if (windows::is_free(port)) {
            windows::held_port(port) = held;
            return port;
        }
        ::CloseHandle(held);
    }
    return error{"find a free port", 0, "from 20000 to 29999: all are in use"};
}

void give_back_port(std::uint32_t port) {
    ::CloseHandle(windows::held_port(port));
    windows::held_port(port) = nullptr;
}

}  // namespace cordon::engine::os
