// What every public header starts from: the compiler guard and the export macro.
#pragma once

#if !defined(NAKAMA_ALLOW_UNSUPPORTED_COMPILER)
#if defined(__clang__) && defined(__apple_build_version__)
#if __apple_build_version__ < 15000000
#error                                                                                                       \
    "nakama-asio needs Apple clang 15 or newer: older ones lack parts of C++20 coroutines. Install a newer Xcode, or define NAKAMA_ALLOW_UNSUPPORTED_COMPILER to try at your own risk."
#endif
#elif defined(__clang__)
#if __clang_major__ < 16
#error                                                                                                       \
    "nakama-asio needs clang 16 or newer: older ones are untested with its coroutines. Install clang-16 or newer (Debian 12 has clang-19), or define NAKAMA_ALLOW_UNSUPPORTED_COMPILER to try at your own risk."
#endif
#elif defined(__GNUC__)
#if __GNUC__ < 13
#error                                                                                                       \
    "nakama-asio needs g++ 13 or newer: g++ 12 destroys temporaries of co_await expressions twice, silently. Use g++-13 or newer or clang++-16 or newer (Debian 12 has clang++-19), or define NAKAMA_ALLOW_UNSUPPORTED_COMPILER to try at your own risk."
#endif
#endif
#endif

#if __cplusplus < 202002L && !(defined(_MSVC_LANG) && _MSVC_LANG >= 202002L)
#error "nakama-asio needs C++20: compile with -std=c++20 or newer."
#endif

#if defined(_WIN32) && defined(NAKAMA_SHARED)
#if defined(NAKAMA_BUILDING)
#define NAKAMA_API __declspec(dllexport)
#else
#define NAKAMA_API __declspec(dllimport)
#endif
#elif defined(__GNUC__)
#define NAKAMA_API __attribute__((visibility("default")))
#else
#define NAKAMA_API
#endif
