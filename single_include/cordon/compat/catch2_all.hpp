// cordon 0.1.0: a C++ test framework that runs every test in its own process.
// Generated from include/cordon/ by tools/amalgamate.py. Change the parts, not this file.
//
// MIT License
//
// Copyright (c) 2026 The cordon authors
//
// Permission is hereby granted, free of charge, to any person obtaining a copy
// of this software and associated documentation files (the "Software"), to deal
// in the Software without restriction, including without limitation the rights
// to use, copy, modify, merge, publish, distribute, sublicense, and/or sell
// copies of the Software, and to permit persons to whom the Software is
// furnished to do so, subject to the following conditions:
//
// The above copyright notice and this permission notice shall be included in all
// copies or substantial portions of the Software.
//
// THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR
// IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY,
// FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE
// AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER
// LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM,
// OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE
// SOFTWARE.
#pragma once

// ---- cordon/compat/catch2_all.hpp ----

// All of Catch2 that cordon has.

#include "catch2_approx.hpp"
#include "catch2_benchmark.hpp"
#include "catch2_generators.hpp"
#include "catch2_listeners.hpp"
#include "catch2_matchers.hpp"
#include "catch2_session.hpp"
#include "catch2_templates.hpp"
#include "catch2_timer.hpp"
#include "catch2_version.hpp"
