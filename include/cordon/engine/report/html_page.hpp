// Generated from assets/html by tools/embed.py. Change the page there, not here.
#pragma once

#include <string_view>

// clang-format off
namespace cordon::engine::report::html_page {

constexpr std::string_view before_document[] = {
R"~page~(<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-HvuVIlimAiUDsej+9A1qXmiiXcQhV7Us9lFmBAHfMlE='; script-src 'sha256-0zWELRhdU//fTIdAN5gMYAFJs8HpTeTkai0RMIAkPoA='; img-src data:; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<meta name="generator" content="cordon">
<title>cordon</title>
<link rel="icon" id="icon" href="data:,">
<style>
:root {
color-scheme: light;
--paper: #f4f5f8;
--card: #ffffff;
--raised: #ffffff;
--well: #f3f5f8;
--ink: #171b23;
--soft: #566072;
--faint: #606a7d;
--line: #e1e5ec;
--line-strong: #cbd2dd;
--accent: #3a5bd9;
--accent-soft: #e8edfd;
--pass: #12724b;
--pass-fill: #2ba46f;
--pass-soft: #e0f4ea;
--fail: #c0243a;
--fail-fill: #e0475a;
--fail-soft: #fdeaec;
--flaky: #865406;
--flaky-fill: #e8a51c;
--flaky-soft: #fdf2d9;
--known: #6b46c1;
--known-fill: #9673e0;
--known-soft: #f0eafc;
--skip: #5c6779;
--skip-fill: #a9b4c4;
--skip-soft: #eaeef3;
--lost: #a3227e;
--lost-fill: #d04ba9;
--lost-soft: #fbe7f5;
--mark-minus: #fbd3d7;
--mark-plus: #c3ead6;
--shadow: 0 1px 2px rgba(20, 28, 45, .05), 0 4px 16px rgba(20, 28, 45, .05);
--shadow-high: 0 8px 40px rgba(20, 28, 45, .22);
--mono: ui-monospace, "SF Mono", "Cascadia Mono", "JetBrains Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace;
--sans: system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", Arial, sans-serif;
--top: 56px;
--row: 34px;
}
:root[data-theme="dark"] {
color-scheme: dark;
--paper: #0d1016;
--card: #151a22;
--raised: #1c222c;
--well: #10141b;
--ink: #e8ebf1;
--soft: #a3adbd;
--faint: #8590a3;
--line: #262d39;
--line-strong: #384252;
--accent: #8aa4ff;
--accent-soft: #1d2745;
--pass: #4fcf94;
--pass-fill: #36a873;
--pass-soft: #12291f;
--fail: #ff7d8a;
--fail-fill: #e2505f;
--fail-soft: #331820;
--flaky: #f5bf4f;
--flaky-fill: #d99c21;
--flaky-soft: #2f250f;
--known: #b79bff;
--known-fill: #8a68d8;
--known-soft: #221b38;
--skip: #98a4b6;
--skip-fill: #5a6577;
--skip-soft: #1d232d;
--lost: #f28ad3;
--lost-fill: #b9408f;
--lost-soft: #301627;
--mark-minus: #5c2530;
--mark-plus: #164e36;
--shadow: 0 1px 2px rgba(0, 0, 0, .35);
--shadow-high: 0 10px 50px rgba(0, 0, 0, .6);
}
@media (prefers-color-scheme: dark) {
:root:not([data-theme]) { color-scheme: dark; --paper: #0d1016; --card: #151a22; --well: #10141b; --ink: #e8ebf1; --soft: #a3adbd; --line: #262d39; }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body {
margin: 0;
background: var(--paper);
color: var(--ink);
font: 15px/1.5 var(--sans);
font-variant-numeric: tabular-nums;
}
h1, h2, h3, p, pre, dl, dd, ol, ul { margin: 0; padding: 0; }
ol, ul { list-style: none; }
a { color: var(--accent); text-decoration: none; }
a:hover { text-decoration: underline; }
button, input, select { font: inherit; color: inherit; }
button { cursor: pointer; }
[hidden] { display: none !important; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: 6px; }
main:focus { outline: none; }
code, pre, .mono { font-family: var(--mono); font-size: .9em; }
.ctl { color: var(--lost); opacity: .85; font-size: .92em; }
.soft { color: var(--soft); }
.skip-link { position: absolute; left: -999px; }
.skip-link:focus { left: 12px; top: 12px; z-index: 20; background: var(--card); padding: 6px 12px; }
.loading { padding: 80px 20px; text-align: center; color: var(--soft); }
.top {
position: sticky;
top: 0;
z-index: 10;
display: flex;
align-items: center;
gap: 18px;
height: var(--top);
padding: 0 20px;
background: var(--card);
border-bottom: 1px solid var(--line);
}
.brand { display: flex; align-items: center; gap: 9px; min-width: 0; font-weight: 650; color: var(--ink); letter-spacing: -.01em; }
.brand:hover { text-decoration: none; }
.brand svg { flex: none; }
.brand span { overflow: hidden; max-width: 180px; text-overflow: ellipsis; white-space: nowrap; }
.brand-ring { stroke: var(--pass-fill); }
.brand-dot { fill: var(--pass-fill); }
.is-bad .brand-ring, .is-bad .brand-dot { stroke: var(--fail-fill); }
.is-bad .brand-dot { stroke: none; fill: var(--fail-fill); }
.is-flaky .brand-ring { stroke: var(--flaky-fill); }
.is-flaky .brand-dot { fill: var(--flaky-fill); }
#views { display: flex; height: 100%; gap: 2px; overflow-x: auto; scrollbar-width: none; }
#views a { position: relative; display: flex; align-items: center; padding: 0 11px; color: var(--soft); white-space: nowrap; }
#views a:hover { color: var(--ink); text-decoration: none; }
#views a[aria-current] { color: var(--ink); font-weight: 600; }
#views a[aria-current]::after { content: ""; position: absolute; left: 11px; right: 11px; bottom: 0; height: 2px; border-radius: 2px 2px 0 0; background: var(--accent); }
.search { position: relative; flex: 1; max-width: 460px; margin-left: auto; }
.search input {
width: 100%;
height: 34px;
padding: 0 34px 0 13px;
border: 1px solid var(--line);
border-radius: 9px;
background: var(--well);
outline-offset: -1px;
}
.search input::placeholder { color: var(--faint); }
.search input::-webkit-search-cancel-button { filter: grayscale(1) opacity(.6); }
.search kbd { position: absolute; right: 8px; top: 7px; }
.search input:focus + kbd, .search input:not(:placeholder-shown) + kbd { display: none; }
.search input.wrong { border-color: var(--fail-fill); }
kbd {
display: inline-block;
min-width: 20px;
padding: 0 5px;
border: 1px solid var(--line-strong);
border-bottom-width: 2px;
border-radius: 5px;
background: var(--card);
color: var(--soft);
font: 12px/17px var(--mono);
text-align: center;
}
button.quiet {
flex: none;
width: 34px;
height: 34px;
border: 1px solid transparent;
border-radius: 9px;
background: none;
color: var(--soft);
line-height: 1;
}
button.quiet:hover { border-color: var(--line); background: var(--well); color: var(--ink); }
button.quiet svg { display: block; margin: auto; }
button.plain {
border: 1px solid var(--line-strong);
border-radius: 8px;
padding: 4px 12px;
background: var(--card);
color: var(--ink);
}
button.plain:hover { border-color: var(--accent); color: var(--accent); }
.page { max-width: 1240px; margin: 0 auto; padding: 26px 20px 60px; }
.card { background: var(--card); border: 1px solid var(--line); border-radius: 14px; box-shadow: var(--shadow); }
.card > h2 { display: flex; align-items: baseline; gap: 10px; padding: 15px 20px 11px; font-size: 15px; font-weight: 650; }
.card > h2 a { margin-left: auto; font-size: 13px; font-weight: 500; }
.card > h2 .count { color: var(--faint); font-weight: 500; }
.of-pass { --tone: var(--pass); --fill: var(--pass-fill); --tint: var(--pass-soft); }
.of-fail { --tone: var(--fail); --fill: var(--fail-fill); --tint: var(--fail-soft); }
.of-flaky { --tone: var(--flaky); --fill: var(--flaky-fill); --tint: var(--flaky-soft); }
.of-known { --tone: var(--known); --fill: var(--known-fill); --tint: var(--known-soft); }
.of-skip { --tone: var(--skip); --fill: var(--skip-fill); --tint: var(--skip-soft); }
.of-lost { --tone: var(--lost); --fill: var(--lost-fill); --tint: var(--lost-soft); }
.word {
flex: none;
display: inline-block;
padding: 0 8px;
border-radius: 6px;
background: var(--tint);
color: var(--tone);
font-size: 12px;
font-weight: 650;
line-height: 21px;
white-space: nowrap;
}
.dot { flex: none; display: inline-block; width: 9px; height: 9px; border-radius: 50%; background: var(--fill); }
.of-skip .dot, .dot.of-skip { background: none; border: 2px solid var(--fill); }
.of-fail .dot, .dot.of-fail { border-radius: 2px; transform: rotate(45deg); }
.where { color: var(--soft); font-family: var(--mono); font-size: 12.5px; overflow-wrap: anywhere; }
.chip {
display: inline-block;
padding: 0 9px;
border: 1px solid var(--line);
border-radius: 20px;
background: var(--well);
color: var(--soft);
font-size: 12.5px;
line-height: 22px;
overflow-wrap: anywhere;
}
a.chip:hover { border-color: var(--accent); color: var(--accent); text-decoration: none; }
.copied::after { content: " copied"; color: var(--pass); }
.empty { padding: 40px 20px; text-align: center; color: var(--soft); }
.tip {
position: fixed;
z-index: 30;
max-width: min(420px, 90vw);
padding: 9px 13px;
border: 1px solid var(--line-strong);
border-radius: 10px;
background: var(--raised);
box-shadow: var(--shadow-high);
font-size: 13px;
pointer-events: none;
overflow-wrap: anywhere;
}
.tip b { display: block; max-height: 5.5em; overflow: hidden; font-weight: 600; }
dialog {
width: min(720px, 94vw);
max-height: 86vh;
padding: 22px 26px 26px;
overflow: auto;
border: 1px solid var(--line);
border-radius: 16px;
background: var(--raised);
color: var(--ink);
box-shadow: var(--shadow-high);
}
dialog::backdrop { background: rgba(10, 14, 22, .45); }
dialog h2 { margin: 18px 0 8px; font-size: 15px; }
dialog h2:first-child { margin-top: 0; }
dialog dl { display: grid; grid-template-columns: max-content 1fr; gap: 6px 18px; font-size: 14px; }
dialog dt { font-family: var(--mono); font-size: 13px; }
dialog dd { color: var(--soft); }
.copy-field { position: fixed; left: -999px; }
.output { --c0: #3c4453; --c1: #c8283c; --c2: #18845a; --c3: #96600a; --c4: #2f56c8; --c5: #9a2b86; --c6: #0f7c8a; --c7: #566072; }
:root[data-theme="dark"] .output { --c0: #6b7687; --c1: #ff7d8a; --c2: #4fcf94; --c3: #f0c060; --c4: #8aa4ff; --c5: #ee8ad6; --c6: #56c8d8; --c7: #dde2ea; }
.ink0, .ink8 { color: var(--c0); }
.ink1, .ink9 { color: var(--c1); }
.ink2, .ink10 { color: var(--c2); }
.ink3, .ink11 { color: var(--c3); }
.ink4, .ink12 { color: var(--c4); }
.ink5, .ink13 { color: var(--c5); }
.ink6, .ink14 { color: var(--c6); }
.ink7, .ink15 { color: var(--c7); }
.ground0, .ground8 { background: color-mix(in srgb, var(--c0) 32%, transparent); }
.ground1, .ground9 { background: color-mix(in srgb, var(--c1) 32%, transparent); }
.ground2, .ground10 { background: color-mix(in srgb, var(--c2) 32%, transparent); }
.ground3, .ground11 { background: color-mix(in srgb, var(--c3) 32%, transparent); }
.ground4, .ground12 { background: color-mix(in srgb, var(--c4) 32%, transparent); }
.ground5, .ground13 { background: color-mix(in srgb, var(--c5) 32%, transparent); }
.ground6, .ground14 { background: color-mix(in srgb, var(--c6) 32%, transparent); }
.ground7, .ground15 { background: color-mix(in srgb, var(--c7) 32%, transparent); }
.bold { font-weight: 700; }
.faint { opacity: .65; }
.slanted { font-style: italic; }
.lined { text-decoration: underline; }
.struck { text-decoration: line-through; }
.turned { background: var(--ink); color: var(--paper); }
.hero { padding: 26px 28px 24px; }
.hero-line { display: flex; flex-wrap: wrap; align-items: baseline; gap: 6px 16px; }
.hero h1 { font-size: clamp(24px, 3.4vw, 34px); font-weight: 720; line-height: 1.15; letter-spacing: -.022em; }
.hero h1 em { color: var(--tone); font-style: normal; }
.hero .when { margin-left: auto; color: var(--soft); font-size: 14px; }
.hero .note { margin-top: 10px; color: var(--flaky); font-weight: 550; }
.stack { display: flex; height: 14px; margin: 20px 0 14px; overflow: hidden; gap: 2px; border-radius: 7px; }
.stack a { display: block; min-width: 5px; background: var(--fill); }
.stack a:hover { filter: brightness(1.12); }
.legend { display: flex; flex-wrap: wrap; gap: 6px 20px; }
.legend a { display: inline-flex; align-items: center; gap: 8px; color: var(--soft); font-size: 14px; }
.legend b { color: var(--ink); font-weight: 650; }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(150px, 1fr)); gap: 14px; margin: 14px 0; }
.tile { padding: 15px 20px 14px; }
.tile b { display: block; font-size: 23px; font-weight: 680; line-height: 1.25; letter-spacing: -.02em; white-space: nowrap; }
.tile b small { margin-left: 3px; color: var(--soft); font-size: 14px; font-weight: 550; letter-spacing: 0; }
.tile span { color: var(--soft); font-size: 13px; }
)~page~",
R"~page~(.columns { display: grid; grid-template-columns: minmax(0, 1.55fr) minmax(0, 1fr); gap: 14px; align-items: start; }
.columns > div { display: grid; grid-template-columns: minmax(0, 1fr); gap: 14px; }
.trouble li + li { border-top: 1px solid var(--line); }
.trouble a { display: block; padding: 12px 20px 13px; color: inherit; border-left: 3px solid transparent; }
.trouble a:hover { background: var(--well); border-left-color: var(--fill); text-decoration: none; }
.trouble .head { display: flex; align-items: center; gap: 10px; }
.trouble .title { min-width: 0; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; font-weight: 600; }
.trouble .time { margin-left: auto; flex: none; color: var(--faint); font-size: 13px; }
.trouble pre {
max-height: 4.6em;
margin-top: 7px;
overflow: hidden;
color: var(--soft);
font-size: 12.5px;
line-height: 1.5;
white-space: pre-wrap;
overflow-wrap: anywhere;
}
.trouble pre b { color: var(--ink); font-weight: 550; }
.bars { padding: 0 8px 12px; }
.bars a { position: relative; display: flex; align-items: center; gap: 12px; padding: 5px 12px; color: inherit; font-size: 14px; border-radius: 8px; overflow: hidden; }
.bars a:hover { text-decoration: none; background: var(--well); }
.bars i { position: absolute; left: 0; top: 3px; bottom: 3px; min-width: 3px; border-radius: 6px; background: var(--tint); border-left: 3px solid var(--fill); }
.bars .title { position: relative; flex: 1; min-width: 0; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.bars .time { position: relative; flex: none; color: var(--soft); font-size: 13px; }
.mini { display: block; width: 100%; height: 92px; padding: 0 20px 16px; cursor: pointer; }
.facts { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: 5px 18px; padding: 0 20px 18px; font-size: 13.5px; }
.facts dt { color: var(--soft); }
.facts dd { overflow-wrap: anywhere; }
.facts dd.mono { font-size: 12.5px; }
.split { display: grid; grid-template-columns: minmax(330px, 5fr) 8fr; height: calc(100vh - var(--top)); height: calc(100dvh - var(--top)); }
.split.alone { grid-template-columns: 1fr; }
.pane { min-width: 0; display: flex; flex-direction: column; background: var(--card); border-right: 1px solid var(--line); }
.pane-head { display: flex; flex-wrap: wrap; align-items: center; gap: 6px 14px; padding: 9px 16px; border-bottom: 1px solid var(--line); color: var(--soft); font-size: 13.5px; }
.pane-head b { color: var(--ink); }
.pane-head label { display: flex; align-items: center; gap: 6px; }
.pane-head .spring { flex: 1; }
.pane-head select { padding: 2px 6px; border: 1px solid var(--line); border-radius: 7px; background: var(--card); font-size: 13px; }
.list { position: relative; flex: 1; min-height: 0; overflow-y: auto; overflow-anchor: none; contain: strict; }
.list-space { position: relative; width: 100%; }
.row {
position: absolute;
left: 0;
right: 0;
display: flex;
align-items: center;
gap: 11px;
height: var(--row);
padding: 0 16px 0 20px;
color: inherit;
font-size: 14px;
cursor: pointer;
white-space: nowrap;
}
.row:hover { background: var(--well); text-decoration: none; }
.row .title { flex: 0 1 auto; min-width: 0; overflow: hidden; text-overflow: ellipsis; white-space: pre; }
.row .time { margin-left: auto; flex: none; color: var(--faint); font-size: 12.5px; }
.row .tags { flex: 0 1000 auto; min-width: 0; overflow: hidden; color: var(--faint); font-size: 12px; text-overflow: ellipsis; }
.row .word { line-height: 19px; }
.row.chosen { background: var(--accent-soft); box-shadow: inset 3px 0 var(--accent); }
.row.group { padding-left: 12px; gap: 7px; background: var(--well); border-top: 1px solid var(--line); border-bottom: 1px solid var(--line); color: var(--soft); font-size: 13px; font-weight: 600; }
.row.group .twist { flex: none; width: 7px; height: 7px; margin: 0 4px 0 2px; border: solid var(--faint); border-width: 0 1.5px 1.5px 0; transform: rotate(-45deg); transition: transform .12s; }
.row.group.open .twist { transform: translateY(-2px) rotate(45deg); }
.row.group .tally { display: flex; gap: 9px; margin-left: auto; font-weight: 500; font-size: 12.5px; }
.row.group .tally span { color: var(--tone); }
.detail { min-width: 0; overflow-y: auto; padding: 22px 28px 80px; }
.detail-top { display: flex; align-items: center; gap: 8px; margin-bottom: 8px; color: var(--soft); font-size: 13.5px; }
.detail-top .path { min-width: 0; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.detail-top .path a { color: inherit; }
.detail-top .moves { display: flex; gap: 4px; margin-left: auto; }
.detail h1 { max-height: 8.2em; overflow-y: auto; font-size: 22px; font-weight: 690; line-height: 1.3; letter-spacing: -.015em; overflow-wrap: anywhere; white-space: pre-wrap; }
.under { display: flex; flex-wrap: wrap; align-items: center; gap: 7px 12px; margin: 11px 0 18px; color: var(--soft); font-size: 14px; }
.reason { margin: -6px 0 16px; color: var(--soft); overflow-wrap: anywhere; }
.command { display: flex; align-items: center; gap: 8px; margin-bottom: 20px; padding: 6px 6px 6px 14px; border: 1px solid var(--line); border-radius: 10px; background: var(--card); }
.command code { flex: 1; min-width: 0; overflow-x: auto; white-space: pre; font-size: 13px; scrollbar-width: none; }
.command::before { content: "$"; color: var(--faint); font-family: var(--mono); font-size: 13px; }
.tabs { display: flex; gap: 2px; overflow-x: auto; border-bottom: 1px solid var(--line); }
.tabs button { display: flex; align-items: center; gap: 8px; padding: 7px 14px 8px; border: 0; border-bottom: 2px solid transparent; background: none; color: var(--soft); white-space: nowrap; }
.tabs button:hover { color: var(--ink); }
.tabs button[aria-selected="true"] { border-bottom-color: var(--accent); color: var(--ink); font-weight: 600; }
.tabs + .attempt { padding-top: 18px; }
.command button { font-size: 13px; padding: 2px 12px; }
.ending { display: flex; flex-wrap: wrap; align-items: center; gap: 8px 12px; margin-bottom: 16px; padding: 11px 16px; border-radius: 11px; background: var(--tint); color: var(--tone); font-weight: 600; overflow-wrap: anywhere; }
.ending .soft { margin-left: auto; color: inherit; font-size: 13.5px; font-weight: 500; opacity: .85; }
.block { margin-bottom: 16px; overflow: hidden; }
.block > h2 { padding: 11px 16px; font-size: 14px; border-bottom: 1px solid var(--line); }
.block > h2 button { margin-left: auto; font-size: 12.5px; padding: 1px 9px; }
.failure { border-left: 3px solid var(--fill); }
.failure + .failure { margin-top: -4px; }
.failure .head { display: flex; flex-wrap: wrap; gap: 4px 14px; padding: 13px 16px 11px; }
.failure .head code { min-width: 0; font-size: 13.5px; font-weight: 600; overflow-wrap: anywhere; white-space: pre-wrap; }
.failure .head .macro { color: var(--known); }
.failure .head .where { margin-left: auto; }
.failure .message { padding: 0 16px 12px; overflow-wrap: anywhere; white-space: pre-wrap; }
.failure dl { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: 5px 16px; padding: 0 16px 13px; font-size: 13.5px; }
.failure dt { color: var(--faint); }
.failure dd { max-height: 24em; overflow: auto; font-family: var(--mono); font-size: 13px; overflow-wrap: anywhere; white-space: pre-wrap; }
.failure dd mark, .diff mark { padding: 1px 0; border-radius: 3px; color: inherit; }
.minus mark { background: var(--mark-minus); }
.plus mark { background: var(--mark-plus); }
.diff { max-height: 32em; margin: 0 16px 14px; overflow: auto; border: 1px solid var(--line); border-radius: 9px; font: 13px/1.55 var(--mono); }
.diff div { display: flex; white-space: pre-wrap; overflow-wrap: anywhere; }
.diff .no { flex: none; width: 3.6em; padding-right: 8px; color: var(--faint); text-align: right; user-select: none; }
.diff .sign { flex: none; width: 1.7em; text-align: center; color: var(--faint); }
.diff .minus { background: var(--fail-soft); }
.diff .plus { background: var(--pass-soft); }
.diff .minus .sign { color: var(--fail); }
.diff .plus .sign { color: var(--pass); }
.diff .gap { padding: 1px 14px; background: var(--well); color: var(--faint); }
.diff-key { display: flex; gap: 18px; padding: 0 16px 7px; font-size: 12.5px; color: var(--soft); }
.output { max-height: 36em; overflow: auto; padding: 10px 0; background: var(--well); font: 12.5px/1.55 var(--mono); counter-reset: line; }
.output div { padding: 0 16px; min-height: 1.55em; white-space: pre-wrap; overflow-wrap: anywhere; }
.output .left-out { margin: 4px 0; color: var(--flaky); background: var(--flaky-soft); }
.output button { margin: 8px 16px; font-family: var(--sans); }
.frames { padding: 8px 0; }
.frames li { display: grid; grid-template-columns: 3.2em minmax(0, 1fr); padding: 4px 16px; font-size: 13.5px; }
.frames .no { color: var(--faint); font-family: var(--mono); font-size: 12.5px; }
.frames code { font-weight: 550; overflow-wrap: anywhere; }
.frames .thread { display: block; padding: 7px 16px 2px; color: var(--soft); font-weight: 600; }
.frames .plain-frame code { font-weight: 400; color: var(--soft); }
.figures { display: grid; grid-template-columns: repeat(auto-fill, minmax(148px, 1fr)); gap: 1px; }
.figures div { padding: 9px 16px; box-shadow: 0 0 0 1px var(--line); }
.figures dt { color: var(--soft); font-size: 12.5px; }
.figures dd { font-weight: 600; overflow-wrap: anywhere; }
.failure > h2 + dl { padding-top: 11px; }
.timeline { display: flex; flex-direction: column; min-height: calc(100vh - var(--top)); }
.timeline .pane-head { background: var(--card); }
.timeline canvas { flex: none; display: block; width: 100%; min-height: 120px; max-height: calc(100vh - var(--top) - 90px); touch-action: none; cursor: grab; background: var(--card); border-bottom: 1px solid var(--line); }
.in-view { width: 100%; max-width: 1240px; margin: 0 auto; padding: 20px; }
.timeline canvas.over { cursor: pointer; }
.timeline canvas.drag { cursor: grabbing; }
.keys { display: flex; flex-wrap: wrap; gap: 4px 14px; }
.keys span { display: inline-flex; align-items: center; gap: 6px; }
.pane-head button.plain { padding: 1px 10px; font-size: 13px; }
table { width: 100%; border-collapse: collapse; font-size: 14px; }
th { padding: 8px 14px; color: var(--soft); font-size: 12.5px; font-weight: 600; text-align: left; white-space: nowrap; border-bottom: 1px solid var(--line); }
td { padding: 9px 14px; border-bottom: 1px solid var(--line); vertical-align: middle; overflow-wrap: anywhere; }
tr:last-child td { border-bottom: 0; }
td:first-child, th:first-child { padding-left: 20px; }
tr.moved td { background: var(--flaky-soft); font-weight: 600; }
.spark { display: flex; align-items: flex-end; gap: 3px; height: 44px; padding: 12px 16px 8px; border-bottom: 1px solid var(--line); }
.spark span { flex: 0 1 9px; height: 45%; min-width: 2px; border-radius: 2px; background: var(--fill); }
.spark .of-fail { height: 100%; }
.block > .facts { padding: 13px 16px 14px; }
#flake .command { margin: 0 20px 18px; }
#flake .scroll { border-top: 1px solid var(--line); margin-bottom: 14px; }
.scroll { overflow-x: auto; }
.interval { position: relative; width: 190px; height: 20px; }
.interval::before { content: ""; position: absolute; left: 0; right: 0; top: 9px; height: 2px; border-radius: 1px; background: var(--line); }
.interval i { position: absolute; top: 6px; height: 8px; min-width: 3px; border-radius: 4px; background: var(--flaky-fill); opacity: .38; }
.interval b { position: absolute; top: 4px; width: 12px; height: 12px; margin-left: -6px; border: 2px solid var(--card); border-radius: 50%; background: var(--flaky-fill); }
@media (max-width: 900px) {
.top { flex-wrap: wrap; gap: 0 10px; height: auto; padding: 8px 14px 0; }
:root { --top: 125px; }
#views a { padding: 0 8px; font-size: 14.5px; }
.tile:last-child:nth-child(odd) { grid-column: 1 / -1; }
.brand { flex: 1; }
.brand span { max-width: 60vw; }
#views { order: 4; width: 100%; height: 40px; margin: 0 -6px; }
)~page~",
R"~page~(.search { order: 3; flex-basis: 100%; max-width: none; margin-top: 8px; }
.search kbd { display: none; }
.page { padding: 14px 12px 40px; }
.hero { padding: 20px 18px; }
.hero .when { margin-left: 0; }
.columns { grid-template-columns: minmax(0, 1fr); }
.tiles { grid-template-columns: 1fr 1fr; gap: 10px; margin: 10px 0; }
.tile { padding: 12px 16px; }
.split { grid-template-columns: 1fr; }
.split.shows-test .pane { display: none; }
.split:not(.shows-test) .detail { display: none; }
.detail { padding: 14px 14px 60px; }
.detail h1 { font-size: 19px; }
.failure .head .where { margin-left: 0; }
.failure dl { grid-template-columns: minmax(0, 1fr); gap: 1px; }
.failure dd { margin-bottom: 6px; }
}
@media (prefers-reduced-motion: reduce) { * { transition: none !important; scroll-behavior: auto !important; } }
@media print {
:root { --paper: #fff; --well: #fff; }
.top, .moves, .pane-head, .tip, .command button, .block > h2 button, .search, .card > h2 a { display: none !important; }
.card { box-shadow: none; break-inside: avoid; }
.page { max-width: none; padding: 0; }
.split, .timeline { display: block; height: auto; }
.split.shows-test .pane { display: none; }
.pane { border: 0; }
.list { overflow: visible; contain: none; height: auto; }
.row { position: static; break-inside: avoid; }
.list-space { height: auto !important; }
.detail { overflow: visible; padding: 0; }
.output, .diff, .failure dd, .detail h1 { max-height: none; overflow: visible; }
* { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
</style>
</head>
<body>
<a class="skip-link" href="#main">Skip to the content</a>
<header class="top">
<a class="brand" href="#/" title="Overview">
<svg viewBox="0 0 24 24" width="22" height="22" aria-hidden="true">
<circle class="brand-ring" cx="12" cy="12" r="9.2" fill="none" stroke-width="2.6" stroke-dasharray="4.1 3.125"/>
<circle class="brand-dot" cx="12" cy="12" r="4.2"/>
</svg>
<span id="program">cordon</span>
</a>
<nav id="views" aria-label="Views">
<a href="#/" data-view="overview">Overview</a>
<a href="#/tests" data-view="tests">Tests</a>
<a href="#/timeline" data-view="timeline">Timeline</a>
<a href="#/slowest" data-view="slowest">Slowest</a>
<a href="#/flakes" data-view="flakes" hidden>Flakes</a>
</nav>
<div class="search" role="search">
<input id="filter" type="search" spellcheck="false" autocomplete="off" autocapitalize="off"
placeholder="Filter: is:failed tag:net slower:100ms" aria-label="Filter tests">
<kbd aria-hidden="true">/</kbd>
</div>
<button id="theme" type="button" class="quiet" title="Colours: as the system has them"></button>
<button id="help" type="button" class="quiet" title="Keys and filters (?)" aria-label="Keys and filters">?</button>
</header>
<main id="main" tabindex="-1">
<p class="loading" id="loading">Reading the report&hellip;</p>
<noscript><p class="loading">This page needs JavaScript, which it brings along. The report's data are in its source as JSON.</p></noscript>
</main>
<div id="tip" class="tip" role="status" hidden></div>
<dialog id="help-box" aria-label="Keys and filters"></dialog>
<script type="application/json" id="document">)~page~"};

constexpr std::string_view before_shapes[] = {
R"~page~(</script>
<script type="application/json" id="shapes">)~page~"};

constexpr std::string_view after_shapes[] = {
R"~page~(</script>
<script>
(function () {
'use strict';
const VIEWS = ['overview', 'tests', 'timeline', 'slowest', 'flakes'];
const STANDARD = {query: '', group: 'suite', sort: 'trouble', attempt: 0};
const NARROW = window.matchMedia('(max-width: 900px)');
function readAddress() {
const [path, search = ''] = location.hash.replace(/^#\/?/, '').split('?');
const [view, test] = path.split('/');
const asked = new URLSearchParams(search);
const one = (name, choices, otherwise) => (Object.hasOwn(choices, asked.get(name)) ? asked.get(name) : otherwise);
return {
view: VIEWS.includes(view) ? view : 'overview', test: test || null, query: asked.get('q') || '',
group: one('group', GROUPINGS, STANDARD.group), sort: one('sort', SORTS, STANDARD.sort), attempt: Number(asked.get('attempt')) || 0,
};
}
function addressOf(state) {
const asked = new URLSearchParams();
if (state.query) asked.set('q', state.query);
if (state.group !== STANDARD.group) asked.set('group', state.group);
if (state.sort !== STANDARD.sort) asked.set('sort', state.sort);
if (state.test && state.attempt) asked.set('attempt', state.attempt);
const path = (state.view === 'overview' ? '' : state.view) + (state.test ? '/' + state.test : '');
const search = asked.toString();
return '#/' + path + (search ? '?' + search : '');
}
class App {
constructor(report) {
this.report = report;
this.main = document.getElementById('main');
this.box = document.getElementById('filter');
this.state = readAddress();
this.list = new TestList((test) => this.go({view: 'tests', test: test.id, attempt: 0}));
this.actions = {
link: (changes) => addressOf({...this.state, test: null, attempt: 0, ...changes, view: changes.view || 'tests'}),
open: (test, attempt = 0) => this.go({view: 'tests', test: test.id, attempt}),
showAttempt: (attempt) => this.go({attempt}, true),
step: (steps) => this.step(steps),
};
}
start() {
this.dress();
window.addEventListener('hashchange', () => this.follow());
window.addEventListener('beforeprint', () => this.list.draw(true));
window.addEventListener('afterprint', () => this.list.draw());
document.addEventListener('keydown', (event) => this.key(event));
NARROW.addEventListener('change', () => this.show());
this.box.addEventListener('input', () => this.typed());
this.box.addEventListener('keydown', (event) => this.keyInBox(event));
this.box.value = this.state.query;
this.show();
}
dress() {
const {run, summary} = this.report;
const program = (run.command_line[0] || 'tests').split('/').pop() || 'tests';
document.getElementById('program').textContent = spelled(program);
const parts = headline(this.report);
document.title = `${parts.map(([text]) => text).join(', ')} \u2013 ${spelled(program)}`;
const tone = parts[0][1];
if (tone === 'fail' || tone === 'lost') document.body.classList.add('is-bad');
else if (summary.flaky) document.body.classList.add('is-flaky');
const ink = {fail: '#e0475a', lost: '#d04ba9', flaky: '#e8a51c'}[summary.flaky && tone === 'pass' ? 'flaky' : tone] || '#2ba46f';
document.getElementById('icon').href = 'data:image/svg+xml,' + encodeURIComponent(
`<svg xmlns="${SVG}" viewBox="0 0 24 24"><circle cx="12" cy="12" r="9.2" fill="none" stroke="${ink}" stroke-width="3.2" stroke-dasharray="4.1 3.125"/><circle cx="12" cy="12" r="4.6" fill="${ink}"/><\/svg>`);
document.querySelector('[data-view="flakes"]').hidden = !this.report.tests.some(isFlake);
this.theme = new Theme(() => this.redraw());
document.getElementById('help').addEventListener('click', () => showHelp());
}
redraw() {
for (const canvas of document.querySelectorAll('canvas')) if (canvas.redraw) canvas.redraw();
if (this.timeline && this.state.view === 'timeline') this.timeline.draw();
}
go(changes, replace = false) {
this.state = {...this.state, ...changes};
const address = addressOf(this.state);
if (address !== location.hash) {
try {
history[replace ? 'replaceState' : 'pushState'](null, '', address);
} catch (refused) {
location.hash = address;
}
}
this.show();
}
follow() {
this.state = readAddress();
if (this.box.value !== this.state.query) this.box.value = this.state.query;
this.show();
}
typed() {
const view = this.state.view === 'overview' ? 'tests' : this.state.view;
const chosen = this.report.byId.get(this.state.test);
const stays = chosen && !NARROW.matches && parseFilter(this.box.value).matches(chosen);
this.go({query: this.box.value, view, ...(stays ? {} : {test: null, attempt: 0})}, this.state.view !== 'overview');
this.box.focus();
}
keyInBox(event) {
if (event.key === 'Escape') {
event.preventDefault();
if (this.box.value === '') return this.box.blur();
this.box.value = '';
this.typed();
} else if (event.key === 'Enter' || event.key === 'ArrowDown') {
event.preventDefault();
this.box.blur();
if (this.state.view === 'tests' && !this.state.test) this.step(0);
if (this.state.view === 'tests') this.list.box.focus({preventScroll: true});
}
}
show() {
const {state} = this;
this.filter = parseFilter(state.query);
this.box.classList.toggle('wrong', this.filter.wrong !== '');
this.box.title = this.filter.wrong;
for (const link of document.querySelectorAll('#views a')) {
const view = link.dataset.view;
link.setAttribute('href', this.actions.link({view}));
view === state.view ? link.setAttribute('aria-current', 'page') : link.removeAttribute('aria-current');
}
document.getElementById('tip').hidden = true;
const matching = () => this.report.tests.filter(this.filter.matches);
if (state.view !== 'tests') this.split = null;
if (state.view === 'tests') this.showTests(matching());
else if (state.view === 'timeline') this.showTimeline();
else if (state.view === 'slowest') replaceChildren(this.main, slowestPage(this.report, matching(), this.actions));
else if (state.view === 'flakes') replaceChildren(this.main, flakesPage(matching(), this.actions));
else replaceChildren(this.main, overviewPage(this.report, this.actions));
if (state.view !== this.shownView) window.scrollTo(0, 0);
this.shownView = state.view;
}
showTimeline() {
if (!this.timeline) this.timeline = new Timeline(this.report, this.actions);
if (this.timeline.element.parentNode !== this.main) replaceChildren(this.main, this.timeline.element);
this.timeline.show(this.filter.matches, this.state.query.trim() !== '');
}
showTests(tests) {
const {state} = this;
const before = this.split;
if (!before) this.split = this.makeSplit();
const wanted = `${state.query}\n${state.group}\n${state.sort}`;
if (!before || this.listed !== wanted) {
this.listed = wanted;
this.list.show(tests, state.group, state.sort);
replaceChildren(this.count, h('b', {}, grouped(tests.length)), tests.length === this.report.tests.length ? ' tests' : ` of ${counted(this.report.tests.length, 'test')}`,
this.filter.wrong ? h('span', {class: 'of-fail'}, h('span', {class: 'word'}, this.filter.wrong)) : null);
this.empty.hidden = tests.length !== 0;
}
let test = state.test ? this.report.byId.get(state.test) : null;
this.split.classList.toggle('shows-test', Boolean(state.test));
if (!test && !state.test && !NARROW.matches) test = this.list.neighbour(null, 0);
this.showTest(test);
}
makeSplit() {
const {state} = this;
const select = (label, choices, value, change) => h('label', {}, h('select', {'aria-label': label, change: (event) => change(event.target.value)},
Object.entries(choices).map(([name, text]) => h('option', {value: name, selected: name === value}, Array.isArray(text) ? text[0] : text))));
this.count = h('span', {id: 'count'});
this.empty = h('p', {class: 'empty'}, 'No test matches the filter.');
this.detail = h('article', {class: 'detail', id: 'detail'});
const split = h('div', {class: 'split'},
h('div', {class: 'pane'},
h('div', {class: 'pane-head'}, this.count, h('span', {class: 'spring'}),
select('Group', GROUPINGS, state.group, (group) => this.go({group}, true)), select('Sort', SORTS, state.sort, (sort) => this.go({sort}, true))),
this.empty, this.list.box),
this.detail);
replaceChildren(this.main, split);
this.shownTest = undefined;
return split;
}
showTest(test) {
const key = test ? test.id + '/' + this.state.attempt : '';
this.current = test;
this.list.choose(test);
if (test && this.state.test) this.list.reveal(test);
if (this.shownTest === key && test) return;
const same = this.shownTest && test && this.shownTest.split('/')[0] === test.id;
this.shownTest = key;
const top = same ? this.detail.scrollTop : 0;
replaceChildren(this.detail, test ? testPage(this.report, test, this.state.attempt, this.actions)
: h('p', {class: 'empty'}, this.state.test ? 'This report has no such test.' : 'Choose a test.'));
this.detail.scrollTop = top;
if (NARROW.matches && test && !same) window.scrollTo(0, 0);
}
step(steps, which) {
const from = this.state.test || steps === 0 ? this.current : this.current || null;
const next = this.list.neighbour(from, this.state.view === 'tests' ? steps : 0, which);
if (next) this.go({view: 'tests', test: next.id, attempt: 0}, true);
}
stepAttempt(steps) {
const test = this.current;
if (!test || test.attempts.length < 2) return;
const shown = test.attempts.find((each) => each.number === this.state.attempt) || defaultAttempt(test);
const next = test.attempts[test.attempts.indexOf(shown) + steps];
if (next) this.go({test: test.id, attempt: next.number}, true);
}
key(event) {
if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest('input, select, textarea, dialog')) return;
const inTests = this.state.view === 'tests';
const act = {
'/': () => this.box.focus(),
'?': () => showHelp(),
t: () => this.theme.next(),
j: () => inTests && this.step(1), k: () => inTests && this.step(-1),
n: () => inTests && this.step(1, (test) => test.bad), p: () => inTests && this.step(-1, (test) => test.bad),
']': () => inTests && this.stepAttempt(1), '[': () => inTests && this.stepAttempt(-1),
c: () => inTests && this.current && document.querySelector('#command .copy').click(),
Escape: () => inTests && this.state.test && this.go({test: null, attempt: 0}),
}[event.key];
const listKeys = {ArrowDown: 1, ArrowUp: -1, PageDown: 12, PageUp: -12, Home: -1e9, End: 1e9};
const view = VIEWS[Number(event.key) - 1];
if (act) event.preventDefault(), act();
else if (inTests && event.target === this.list.box && listKeys[event.key]) event.preventDefault(), this.step(listKeys[event.key]);
else if (view && this.state.view !== view) this.go({view, test: null, attempt: 0});
}
}
class Theme {
constructor(changed) {
this.changed = changed;
this.button = document.getElementById('theme');
this.button.addEventListener('click', () => this.next());
this.system = window.matchMedia('(prefers-color-scheme: dark)');
this.system.addEventListener('change', () => this.apply());
this.choice = 'system';
try {
this.choice = localStorage.getItem('cordon-theme') || 'system';
} catch (refused) {
this.choice = 'system';
}
this.apply();
}
next() {
const dark = document.documentElement.dataset.theme === 'dark';
this.choice = dark ? 'light' : 'dark';
try {
localStorage.setItem('cordon-theme', this.choice);
} catch (refused) {
}
this.apply();
}
apply() {
const dark = this.choice === 'dark' || (this.choice !== 'light' && this.system.matches);
document.documentElement.dataset.theme = dark ? 'dark' : 'light';
this.button.title = dark ? 'Light colours (t)' : 'Dark colours (t)';
this.button.setAttribute('aria-label', this.button.title);
replaceChildren(this.button, h('svg', {viewBox: '0 0 24 24', width: 18, height: 18, 'aria-hidden': 'true', fill: 'none', stroke: 'currentColor',
'stroke-width': 2, 'stroke-linecap': 'round', 'stroke-linejoin': 'round'},
h('path', {d: dark ? 'M12 8a4 4 0 1 0 0 8a4 4 0 0 0 0-8M12 2v2M12 20v2M4.9 4.9l1.4 1.4M17.7 17.7l1.4 1.4M2 12h2M20 12h2M4.9 19.1l1.4-1.4M17.7 6.3l1.4-1.4'
: 'M20 14.5A8.5 8.5 0 0 1 9.5 4a8.5 8.5 0 1 0 10.5 10.5Z'})));
this.changed();
}
}
const HELP = {
Keys: [['/', 'the filter box; Esc empties and leaves it'], ['j  k', 'next and previous test'], ['n  p', 'next and previous test that failed'],
)~page~",
R"~page~(['[  ]', 'previous and next attempt'], ['c', 'copy the command that runs the test again'], ['1 ... 5', 'the views'], ['t', 'dark or light'], ['Esc', 'back to the list'],
['+  -  0', 'zoom the timeline, all of it; the wheel zooms, dragging moves']],
Filters: [['word', 'its suite or name holds the word; "two words" in quotes'], ['is:failed', 'a verdict or an ending: flaky, crashed, timed_out, leaked, ...'],
['is:bad', 'whatever counts as a failure; is:retried, is:run'], ['tag:net', 'has this tag'], ['suite: file: name:', 'holds this text'],
['slower:100ms', 'took longer; faster:2s'], ['attempts:2', 'had at least so many attempts'], ['worker:3', 'ran on this worker'],
['says:timeout', 'a failure or its output holds this text'], ['-token', 'whatever does not match the token']],
};
function showHelp() {
const box = document.getElementById('help-box');
if (box.open) return;
replaceChildren(box, Object.entries(HELP).map(([title, rows]) => [h('h2', {}, title), h('dl', {}, rows.map(([key, text]) => [h('dt', {}, key), h('dd', {}, text)]))]));
box.showModal();
box.onclick = (event) => event.target === box && box.close();
}
function start() {
let report;
try {
report = readDocument();
} catch (broken) {
document.getElementById('loading').textContent = 'The data in this page can not be read: ' + broken.message;
throw broken;
}
new App(report).start();
}
const TONES = {
passed: 'pass', failed: 'fail', unexpected_pass: 'fail', flaky: 'flaky', known_failure: 'known', quarantined: 'known',
skipped: 'skip', todo: 'skip', not_run: 'skip', lost: 'lost',
};
const VERDICTS = ['failed', 'unexpected_pass', 'lost', 'flaky', 'passed', 'known_failure', 'quarantined', 'skipped', 'todo', 'not_run'];
const WORDS = {
passed: 'passed', failed: 'failed', flaky: 'flaky', known_failure: 'known failure', unexpected_pass: 'unexpected pass',
quarantined: 'quarantined', skipped: 'skipped', todo: 'to do', not_run: 'not run', lost: 'lost', crashed: 'crashed',
timed_out: 'timed out', exited: 'exited early', exit_failure: 'bad exit', leaked: 'leaked', over_limit: 'over limit',
};
const BAD = new Set(['failed', 'unexpected_pass', 'lost']);
const SIGNALS = {
SIGSEGV: 'invalid memory reference', SIGABRT: 'abort', SIGFPE: 'arithmetic error', SIGILL: 'illegal instruction',
SIGBUS: 'bad memory access', SIGKILL: 'killed', SIGTERM: 'asked to end', SIGTRAP: 'trap', SIGPIPE: 'broken pipe',
SIGINT: 'interrupted', SIGXCPU: 'processor time limit', SIGSYS: 'forbidden system call',
};
function unpack(packed, shapes) {
if (!Array.isArray(packed) || packed.length === 0) return packed;
const shape = packed.pop();
if (typeof shape !== 'number' || shape > shapes.length) throw new Error('an object without a shape');
if (shape === 0) {
for (let i = 0; i < packed.length; ++i) if (typeof packed[i] === 'object') packed[i] = unpack(packed[i], shapes);
return packed;
}
const keys = shapes[shape - 1];
const made = {};
for (let i = 0; i < keys.length; ++i) {
const value = packed[i];
made[keys[i]] = typeof value === 'object' ? unpack(value, shapes) : value;
}
return made;
}
function readDocument() {
const read = (id) => JSON.parse(document.getElementById(id).textContent);
const shapes = read('shapes').map((keys) => (keys === '' ? [] : keys.split(' ')));
const report = unpack(read('document'), shapes);
const ids = new Map();
report.tests.forEach((test, index) => prepare(test, index, ids));
report.byId = new Map(report.tests.map((test) => [test.id, test]));
return report;
}
function prepare(test, index, ids) {
const attempts = test.attempts;
test.index = index;
test.suite = test.suite || '';
test.file = test.file || '';
test.full = test.suite === '' ? test.name : test.suite + '/' + test.name;
test.title = spelled(test.name) || '(no name)';
test.tone = TONES[test.verdict] || 'skip';
test.bad = BAD.has(test.verdict);
test.last = attempts.length === 0 ? null : attempts[attempts.length - 1];
test.word = test.verdict === 'failed' && test.last ? test.last.ending : test.verdict;
test.rank = test.bad ? 0 : test.verdict === 'flaky' ? 1 : 2;
const id = hashOf(test.suite + '\0' + test.name + '\0' + test.file);
const before = ids.get(id) || 0;
ids.set(id, before + 1);
test.id = before === 0 ? id : id + '-' + (before + 1);
}
function hashOf(text) {
let state = 0x811c9dc5;
for (let i = 0; i < text.length; ++i) state = Math.imul(state ^ text.charCodeAt(i), 0x01000193);
return (state >>> 0).toString(16).padStart(8, '0');
}
function toneOf(ending) {
return ending === 'passed' ? 'pass' : ending === 'skipped' ? 'skip' : ending === 'lost' ? 'lost' : 'fail';
}
function wordOf(name) {
return WORDS[name] || String(name).replace(/_/g, ' ');
}
function word(name, tone) {
return h('span', {class: 'word of-' + tone}, wordOf(name));
}
function firstFailure(attempt) {
return attempt.failures.find((each) => each.kind !== 'warning') || attempt.failures[0] || null;
}
function endingText(attempt) {
const reason = attempt.reason ? ': ' + spelled(attempt.reason) : '';
const signal = attempt.signal_name
? attempt.signal_name + (SIGNALS[attempt.signal_name] ? ` (${SIGNALS[attempt.signal_name]})` : '')
: attempt.signal ? 'signal ' + attempt.signal : '';
switch (attempt.ending) {
case 'passed': return 'Passed';
case 'failed':
if (attempt.failed_assertions) return `${grouped(attempt.failed_assertions)} of ${counted(attempt.assertions, 'assertion')} failed`;
return attempt.failures.some((each) => each.kind === 'exception') ? 'An exception left the test' + reason : 'Failed' + reason;
case 'crashed': return 'Crashed' + (signal ? ': ' + signal : '') + reason;
case 'timed_out': return 'Timed out after ' + timeText(attempt.duration_ms) + reason;
case 'exited': return `Exited with code ${attempt.exit_code} before its end` + reason;
case 'exit_failure': return 'Passed, but its process then ended with ' + (signal || 'code ' + attempt.exit_code) + reason;
case 'leaked': return 'Left something behind' + reason;
case 'over_limit': return 'Went over a limit' + reason;
case 'skipped': return 'Skipped' + reason;
case 'lost': return "Lost, which is cordon's own trouble" + reason;
default: return wordOf(attempt.ending) + reason;
}
}
const SAFE_WORD = /^[A-Za-z0-9_\-./:=,+@%]+$/;
function shellWord(text) {
if (SAFE_WORD.test(text)) return text;
if (spelled(text) === text) return "'" + text.replace(/'/g, "'\\''") + "'";
let quoted = "$'";
for (const byte of new TextEncoder().encode(text)) {
const character = String.fromCharCode(byte);
if (byte < 0x20 || byte >= 0x7f) quoted += '\\x' + byte.toString(16).padStart(2, '0');
else quoted += character === "'" || character === '\\' ? '\\' + character : character;
}
return quoted + "'";
}
function globOf(text, special) {
return text.replace(special, '\\$&').replace(/\ufffd+/g, '*');
}
function rerunCommand(report, test) {
const program = shellWord(report.run.command_line[0] || './tests');
if (!test.full.includes('\ufffd')) {
for (const text of [test.name, test.full]) {
if (text === '' || text[0] === '-' || holders(report, text) !== 1) continue;
return program + ' ' + shellWord(globOf(text, /[*?\\]/g));
}
}
const special = /[*?\\()]|^[ \t\n\r]|[ \t\n\r]$/g;
const suite = test.suite === '' ? '!suite(?*)' : `suite(${globOf(test.suite, special)})`;
const name = test.name === '' ? '!name(?*)' : `name(${globOf(test.name, special)})`;
return `${program} -f ${shellWord(`${name} & ${suite}`)}`;
}
function holders(report, text) {
let found = 0;
for (const test of report.tests) if (test.full.includes(text) && ++found === 2) break;
return found;
}
function testPage(report, test, attemptNumber, actions) {
const shown = test.attempts.find((each) => each.number === attemptNumber) || defaultAttempt(test);
const step = (steps, label, sign) => h('button', {class: 'quiet', type: 'button', 'aria-label': label, title: label,
click: () => actions.step(steps)}, sign);
return [
h('div', {class: 'detail-top'},
h('a', {href: actions.link({test: null}), class: 'back'}, '\u2039 Tests'),
h('span', {class: 'path'}, test.suite === '' ? null : [
'\u00b7 ', h('a', {href: actions.link({test: null, query: token('suite', test.suite)})}, visibleLine(test.suite))]),
h('span', {class: 'moves'}, step(-1, 'Previous test (k)', '\u2191'), step(1, 'Next test (j)', '\u2193'))),
h('h1', {id: 'title', tabindex: -1}, test.name === '' ? h('span', {class: 'soft'}, '(no name)') : visibleLine(test.name)),
h('div', {class: 'under'},
word(test.word, test.tone),
test.attempts.length ? h('span', {}, timeText(test.duration_ms)) : null,
test.attempts.length > 1 ? h('span', {}, counted(test.attempts.length, 'attempt')) : null,
test.file === '' ? null : copyable(test.file + (test.line ? ':' + test.line : ''), 'where', 'Copy the place'),
test.tags.map((tag) => h('a', {class: 'chip', href: actions.link({test: null, query: token('tag', tag)})}, visibleLine(tag)))),
test.reason ? h('p', {class: 'reason'}, visible(test.reason)) : null,
commandLine(rerunCommand(report, test)),
test.flake ? flakeCard(test.flake) : null,
test.attempts.length > 1 ? attemptTabs(test, shown, actions) : null,
shown ? h('div', {class: 'attempt', id: 'attempt', role: test.attempts.length > 1 ? 'tabpanel' : null}, attemptView(shown))
: h('p', {class: 'empty'}, 'It was not started.'),
historyCard(test.history),
];
}
function defaultAttempt(test) {
const wrong = test.attempts.filter((each) => each.ending !== 'passed');
return wrong.length ? wrong[wrong.length - 1] : test.last;
}
function commandLine(command) {
return h('div', {class: 'command', id: 'command'}, h('code', {tabindex: 0}, command), copyButton(command, 'Copy'));
}
function copyButton(text, label) {
const button = h('button', {class: 'plain copy', type: 'button', click: () => copy(text, button)}, label);
return button;
}
function copyable(text, kind, title) {
const place = h('a', {class: kind, href: '#', title, role: 'button', click: (event) => {
event.preventDefault();
copy(text, place);
}}, visibleLine(text));
return place;
}
function copy(text, where) {
const done = () => {
where.classList.add('copied');
setTimeout(() => where.classList.remove('copied'), 1500);
};
const oldWay = () => {
const field = h('textarea', {readonly: true, class: 'copy-field'});
field.value = text;
document.body.appendChild(field);
field.select();
if (document.execCommand('copy')) done();
field.remove();
};
if (navigator.clipboard && window.isSecureContext) navigator.clipboard.writeText(text).then(done, oldWay);
else oldWay();
}
function attemptTabs(test, shown, actions) {
const choose = (number) => {
actions.showAttempt(number);
document.getElementById('tab-' + number).focus();
};
const tabs = test.attempts.map((attempt) => h('button', {
type: 'button', role: 'tab', id: 'tab-' + attempt.number, 'aria-selected': String(attempt === shown), 'aria-controls': 'attempt',
tabindex: attempt === shown ? 0 : -1, class: 'of-' + toneOf(attempt.ending), click: () => choose(attempt.number),
}, h('span', {class: 'dot'}), `Attempt ${attempt.number}`, h('span', {class: 'soft'}, wordOf(attempt.ending))));
return h('div', {class: 'tabs', role: 'tablist', 'aria-label': 'Attempts', keydown: (event) => {
const steps = {ArrowLeft: -1, ArrowRight: 1}[event.key];
const next = steps && test.attempts[test.attempts.indexOf(shown) + steps];
if (!next) return;
event.preventDefault();
choose(next.number);
}}, tabs);
}
function attemptView(attempt) {
return [
h('div', {class: `ending of-${toneOf(attempt.ending)}`}, endingText(attempt),
h('span', {class: 'soft'}, `${timeText(attempt.duration_ms)} \u00b7 worker ${attempt.slot}`)),
attempt.failures.map(failureCard),
attempt.failures_dropped ? h('p', {class: 'reason'}, `and ${counted(attempt.failures_dropped, 'failure')} more`) : null,
stoppedCard(attempt.stopped_at),
stackCard(attempt.stack),
leaksCard(attempt.leaks),
outputCard('Standard error', 'stderr', attempt.stderr),
outputCard('Standard output', 'stdout', attempt.stdout),
figuresCard(attempt),
];
}
function failureCard(failure) {
const tone = failure.kind === 'warning' ? 'flaky' : 'fail';
)~page~",
R"~page~(const headline = failure.macro || failure.expression
? h('code', {}, h('span', {class: 'macro'}, failure.macro || ''), failure.macro ? '(' : '', visible(failure.expression || ''), failure.macro ? ')' : '')
: h('code', {}, {exception: 'Exception', setup: 'Setup', process: 'Process'}[failure.kind] || 'Failure');
const more = [];
if (failure.subcase.length) more.push(h('dt', {}, 'subcase'), h('dd', {}, failure.subcase.map((name, i) => [i ? ' \u203a ' : '', visibleLine(name)])));
const compared = failure.left !== null && failure.right !== null && failure.left !== undefined && failure.right !== undefined;
const equality = compared && failure.operator === '==' ? differenceOf(failure.left, failure.right) : null;
if (equality) more.push(...equality.rows);
else if (failure.expanded) more.push(h('dt', {}, compared ? 'values' : 'value'), h('dd', {}, visible(failure.expanded)));
for (const line of failure.info) more.push(h('dt', {}, 'info'), h('dd', {}, visible(line)));
return h('section', {class: `card block failure of-${tone}`},
h('div', {class: 'head'}, headline,
failure.file ? copyable(failure.file + (failure.line ? ':' + failure.line : ''), 'where', 'Copy the place') : null),
failure.message ? h('p', {class: 'message'}, visible(failure.message)) : null,
equality && equality.block, more.length ? h('dl', {}, more) : null);
}
const LINES_AT_ONCE = 500;
function outputCard(title, id, text) {
if (!text) return null;
const box = h('div', {class: 'output', id, tabindex: 0, role: 'group', 'aria-label': title});
const lines = outputLines(text);
const more = h('button', {class: 'plain', type: 'button', click: () => addLines()}, 'Show more');
const addLines = () => {
more.remove();
for (let i = 0; i < LINES_AT_ONCE; ++i) {
const next = lines.next();
if (next.done) return;
box.appendChild(next.value);
}
box.appendChild(more);
};
addLines();
return h('section', {class: 'card block'}, h('h2', {}, title, copyButton(text, 'Copy')), box);
}
function stackCard(frames) {
if (!frames || frames.length === 0) return null;
const list = [];
let thread = null;
let number = 0;
for (const frame of frames) {
if (frame.thread && frame.thread !== thread) {
thread = frame.thread;
number = 0;
const several = frames.some((each) => each.thread !== thread);
if (several || frame.doing) list.push(threadRow(frame));
}
list.push(frameRow(frame, number++));
}
const text = frames.map((frame) => `${frame.function || frame.address || '?'}${frame.file ? ` at ${placeOf(frame)}` : ''}`).join('\n');
return h('section', {class: 'card block', id: 'stack'}, h('h2', {}, 'Stack', copyButton(text, 'Copy')), h('ol', {class: 'frames'}, list));
}
function threadRow(frame) {
return h('li', {class: 'thread'}, visibleLine(`Thread ${frame.thread}${frame.thread_name ? ' ' + frame.thread_name : ''}`),
frame.doing ? h('span', {class: 'soft'}, ' \u00b7 ', visibleLine(frame.doing)) : null);
}
function placeOf(frame) {
return frame.file + (frame.line ? ':' + frame.line : '');
}
function frameRow(frame, number) {
const inside = frame.module ? `${frame.module}${frame.offset ? '+' + frame.offset : ''}` : frame.function ? frame.address : null;
return h('li', {class: frame.file ? null : 'plain-frame'}, h('span', {class: 'no'}, '#' + number),
h('span', {title: inside}, h('code', {}, visibleLine(String(frame.function || frame.address || '?'))),
frame.file ? h('div', {}, copyable(placeOf(frame), 'where', 'Copy the place'))
: inside ? h('div', {class: 'where'}, visibleLine(inside)) : null));
}
function stoppedCard(place) {
if (!place) return null;
const more = [];
if (place.subcase.length) more.push(h('dt', {}, 'subcase'), h('dd', {}, place.subcase.map((name, i) => [i ? ' \u203a ' : '', visibleLine(name)])));
for (const line of place.info) more.push(h('dt', {}, 'info'), h('dd', {}, visible(line)));
return h('section', {class: 'card block failure of-skip', id: 'stopped'},
h('div', {class: 'head'}, h('span', {class: 'soft'}, place.expression || place.macro ? 'Last assertion that passed' : 'It was here'),
place.expression || place.macro ? h('code', {}, h('span', {class: 'macro'}, place.macro || ''), '(', visible(place.expression || ''), ')') : null,
place.file ? copyable(placeOf(place), 'where', 'Copy the place') : null),
more.length ? h('dl', {}, more) : null);
}
function historyCard(earlier) {
if (!earlier || !earlier.runs) return null;
const fact = (label, value) => h('div', {}, h('dt', {}, label), h('dd', {}, value));
const times = earlier.timed > 0;
const spark = h('div', {class: 'spark', role: 'img', 'aria-label': `Earlier runs, the oldest first: ${earlier.recent}`},
[...earlier.recent].map((each) => h('span', {class: each === '+' ? 'of-pass' : 'of-fail', title: each === '+' ? 'passed' : 'did not pass'})));
return h('section', {class: 'card block', id: 'history'},
h('h2', {}, 'Earlier runs', earlier.mixed_on_one_build ? h('span', {class: 'word of-flaky'}, 'passed and failed with one build') : null,
earlier.may_leave_quarantine ? h('span', {class: 'word of-pass'}, 'may leave quarantine') : null),
spark, h('dl', {class: 'figures'}, fact('failed', `${grouped(earlier.failed)} of ${counted(earlier.runs, 'run')}`),
fact('passed in a row', grouped(earlier.passed_in_a_row)), fact('this build has passed', earlier.passed_on_this_build ? 'yes' : 'no'),
times ? fact('usually takes', timeText(earlier.typical_ms)) : null, times ? fact('99 % take less than', timeText(earlier.slow_case_ms)) : null));
}
const LEFT_BEHIND = {processes: 'process', threads: 'thread', descriptors: 'descriptor', files: 'file'};
function leaksCard(leaks) {
const counts = Object.entries(leaks || {}).filter(([, value]) => typeof value === 'number' && value > 0);
const items = (leaks && leaks.items) || [];
if (counts.length === 0 && items.length === 0) return null;
return h('section', {class: 'card block of-flaky failure', id: 'leaks'},
h('h2', {}, 'Left behind', h('span', {class: 'count'}, counts.map(([kind, value]) => counted(value, LEFT_BEHIND[kind] || kind, kind)).join(', '))),
items.length ? h('dl', {}, items.map((each) => [h('dt', {}, each.kind), h('dd', {}, visible(each.what))])) : null);
}
const milliseconds = (value) => timeText(value);
const FIGURES = {
duration_ms: ['time', milliseconds], spawn_ms: ['to start its process', milliseconds], cleanup_ms: ['to clean up', milliseconds],
user_ms: ['processor, user', milliseconds], system_ms: ['processor, system', milliseconds], max_rss_bytes: ['memory at most', sizeText],
assertions: ['assertions', grouped], failed_assertions: ['failed assertions', (value) => (value ? grouped(value) : null)],
exit_code: ['exit code', String], signal_name: ['signal', String], pid: ['process', String], slot: ['worker', String],
started_ms: ['started at', milliseconds], seed: ['seed', String],
};
const SHOWN_ELSEWHERE = new Set(['number', 'ending', 'reason', 'signal', 'stdout', 'stderr', 'failures', 'failures_dropped', 'stack', 'stopped_at', 'leaks']);
function figuresCard(attempt) {
const found = [];
const names = Object.keys(FIGURES).concat(Object.keys(attempt).filter((name) => !FIGURES[name] && !SHOWN_ELSEWHERE.has(name)));
for (const name of names) {
const value = attempt[name];
if (value === null || value === undefined || value === false || typeof value === 'object') continue;
const [label, text] = FIGURES[name] || figureByName(name);
const shown = value === true ? 'yes' : text(value);
if (shown !== null) found.push(h('div', {}, h('dt', {}, label), h('dd', {}, visibleLine(String(shown)))));
}
return h('section', {class: 'card block'}, h('h2', {}, 'Figures'), h('dl', {class: 'figures', id: 'figures'}, found));
}
function figureByName(name) {
if (name.endsWith('_ms')) return [wordOf(name.slice(0, -3)), milliseconds];
if (name.endsWith('_bytes')) return [wordOf(name.slice(0, -6)), sizeText];
return [wordOf(name), (value) => (typeof value === 'number' ? grouped(value) : value)];
}
function edits(a, b, affordable) {
let head = 0;
while (head < a.length && head < b.length && a[head] === b[head]) ++head;
let tail = 0;
while (tail < a.length - head && tail < b.length - head && a[a.length - 1 - tail] === b[b.length - 1 - tail]) ++tail;
const rows = a.length - head - tail;
const columns = b.length - head - tail;
const found = [];
for (let i = 0; i < head; ++i) found.push({sign: ' ', a: i, b: i});
let i = 0;
let j = 0;
if (rows > 0 && columns > 0 && rows * columns <= affordable) {
const width = columns + 1;
const lengths = new Uint32Array((rows + 1) * width);
for (let y = rows - 1; y >= 0; --y) {
for (let x = columns - 1; x >= 0; --x) {
lengths[y * width + x] = a[head + y] === b[head + x] ? lengths[(y + 1) * width + x + 1] + 1
: Math.max(lengths[(y + 1) * width + x], lengths[y * width + x + 1]);
}
}
while (i < rows && j < columns) {
if (a[head + i] === b[head + j]) found.push({sign: ' ', a: head + i++, b: head + j++});
else if (lengths[(i + 1) * width + j] >= lengths[i * width + j + 1]) found.push({sign: '-', a: head + i++, b: head + j});
else found.push({sign: '+', a: head + i, b: head + j++});
}
}
while (i < rows) found.push({sign: '-', a: head + i++, b: head + j});
while (j < columns) found.push({sign: '+', a: head + i, b: head + j++});
for (let k = 0; k < tail; ++k) found.push({sign: ' ', a: a.length - tail + k, b: b.length - tail + k});
return found;
}
function marked(left, right) {
const split = (text) => text.match(/\w+|\\.|\s+|[^]/g) || [];
const a = split(left);
const b = split(right);
const sides = [[], []];
let open = [[], []];
const close = () => {
open.forEach((words, side) => {
if (words.length) sides[side].push(h('mark', {}, visible(words.join(''))));
});
open = [[], []];
};
for (const edit of edits(a, b, 250000)) {
if (edit.sign === ' ') {
close();
sides[0].push(visible(a[edit.a]));
sides[1].push(visible(b[edit.b]));
} else if (edit.sign === '-') {
open[0].push(a[edit.a]);
} else {
open[1].push(b[edit.b]);
}
}
close();
return sides;
}
const ESCAPES = {n: '\n', t: '\t', r: '\r', '"': '"', '\\': '\\', '0': '\0'};
function linesOf(value) {
if (value.length < 2 || value[0] !== '"' || value[value.length - 1] !== '"') return null;
const text = value.slice(1, -1).replace(/\\([nt"\\])/g, (whole, letter) => ESCAPES[letter]);
const lines = text.split('\n');
if (lines[lines.length - 1] === '') lines.pop();
else lines[lines.length - 1] += '\u2424no line end';
return lines;
}
function elementsOf(value) {
const close = {'{': '}', '[': ']'}[value[0]];
if (!close || value[value.length - 1] !== close) return null;
const found = [];
let depth = 0;
let start = 1;
for (let i = 1; i < value.length - 1; ++i) {
const character = value[i];
if (character === '"') {
for (++i; i < value.length && value[i] !== '"'; ++i) if (value[i] === '\\') ++i;
} else if ('{[('.includes(character)) {
++depth;
} else if ('}])'.includes(character)) {
--depth;
} else if (character === ',' && depth === 0) {
found.push(value.slice(start, i).trim());
start = i + 1;
}
}
const rest = value.slice(start, -1).trim();
if (rest !== '' || found.length) found.push(rest);
return depth === 0 ? found : null;
}
function differenceOf(left, right) {
for (const [split, first, least] of [[linesOf, 1, 2], [elementsOf, 0, 9]]) {
const a = split(left);
const b = split(right);
if (!a || !b || Math.max(a.length, b.length) < least) continue;
return {block: lineDiff(a, b, first), rows: []};
}
const [one, other] = marked(left, right);
return {block: null, rows: [h('dt', {}, 'left'), h('dd', {class: 'minus'}, one), h('dt', {}, 'right'), h('dd', {class: 'plus'}, other)]};
}
function lineDiff(a, b, first) {
const context = 3;
const all = edits(a, b, 4000000);
const near = new Uint8Array(all.length);
all.forEach((edit, at) => {
if (edit.sign === ' ') return;
for (let i = Math.max(0, at - context); i <= Math.min(all.length - 1, at + context); ++i) near[i] = 1;
});
const box = h('div', {class: 'diff', tabindex: 0, role: 'group', 'aria-label': 'Difference'});
for (let at = 0; at < all.length;) {
if (!near[at]) {
const start = at;
while (at < all.length && !near[at]) ++at;
)~page~",
R"~page~(box.appendChild(h('div', {class: 'gap'}, counted(at - start, 'equal line')));
} else if (all[at].sign === ' ') {
box.appendChild(diffLine(' ', all[at].a + first, visible(a[all[at].a])));
++at;
} else {
at = changedLines(box, all, at, a, b, first);
}
}
return [h('div', {class: 'diff-key'}, h('span', {}, '\u2212 left'), h('span', {}, '+ right')), box];
}
function changedLines(box, all, at, a, b, first) {
const gone = [];
const come = [];
for (; at < all.length && all[at].sign !== ' '; ++at) (all[at].sign === '-' ? gone : come).push(all[at]);
const pairs = gone.length === come.length ? gone.map((edit, i) => marked(a[edit.a], b[come[i].b])) : null;
gone.forEach((edit, i) => box.appendChild(diffLine('-', edit.a + first, pairs ? pairs[i][0] : visible(a[edit.a]))));
come.forEach((edit, i) => box.appendChild(diffLine('+', edit.b + first, pairs ? pairs[i][1] : visible(b[edit.b]))));
return at;
}
function diffLine(sign, number, pieces) {
const kind = {' ': '', '-': 'minus', '+': 'plus'}[sign];
return h('div', {class: kind}, h('span', {class: 'no'}, number), h('span', {class: 'sign'}, sign === '-' ? '\u2212' : sign), h('span', {}, pieces));
}
const GROUPS_OF_VERDICTS = {
bad: (test) => test.bad,
ok: (test) => !test.bad,
retried: (test) => test.attempts.length > 1,
run: (test) => test.attempts.length > 0,
};
function durationOf(text) {
const match = /^(\d+(?:\.\d+)?)(us|ms|s|m|h)?$/.exec(text);
return match ? Number(match[1]) * {us: 0.001, ms: 1, s: 1000, m: 60e3, h: 3600e3}[match[2] || 's'] : null;
}
function holds(text, part) {
return text.toLowerCase().includes(part);
}
const TOKENS = {
is(value) {
const name = value.replace(/-/g, '_');
if (GROUPS_OF_VERDICTS[name]) return GROUPS_OF_VERDICTS[name];
if (!WORDS[name]) return 'a verdict or an ending: ' + Object.keys(GROUPS_OF_VERDICTS).concat(Object.keys(WORDS)).join(', ');
if (TONES[name]) return (test) => test.verdict === name;
return (test) => test.attempts.some((each) => each.ending === name);
},
suite: (value) => (test) => holds(test.suite, value),
file: (value) => (test) => holds(test.file, value),
name: (value) => (test) => holds(test.name, value),
tag: (value) => (test) => test.tags.some((tag) => tag.toLowerCase() === value),
worker(value) {
if (!/^\d+$/.test(value)) return 'a number';
return (test) => test.attempts.some((each) => each.slot === Number(value));
},
slower(value) {
const limit = durationOf(value);
return limit === null ? 'a duration: 100ms, 2s' : (test) => test.duration_ms > limit;
},
faster(value) {
const limit = durationOf(value);
return limit === null ? 'a duration: 100ms, 2s' : (test) => test.duration_ms < limit;
},
attempts(value) {
if (!/^\d+$/.test(value)) return 'a number: at least so many';
return (test) => test.attempts.length >= Number(value);
},
says: (value) => (test) => test.attempts.some((each) => holds(sayings(each), value)),
};
function sayings(attempt) {
const parts = [attempt.stdout, attempt.stderr, attempt.reason || '', attempt.signal_name || ''];
for (const each of attempt.failures) parts.push(each.expression || '', each.expanded || '', each.message || '', ...each.info);
return parts.join('\n');
}
function parseFilter(query) {
const predicates = [];
const wrong = [];
for (const match of query.matchAll(/(-?)(?:([a-z]+):)?("(?:[^"\\]|\\.)*"?|\S*)/gi)) {
if (match[0] === '') continue;
let [whole, minus, key, value] = match;
key = key && key.toLowerCase();
if (!key || !Object.hasOwn(TOKENS, key)) {
value = key ? whole.slice(minus.length) : value;
key = null;
}
value = value.replace(/^"|"$/g, '').replace(/\\(.)/g, value[0] === '"' ? '$1' : '\\$1').toLowerCase();
if (value === '') continue;
const predicate = key ? TOKENS[key](value) : (test) => holds(test.full, value);
if (typeof predicate === 'string') wrong.push(`${key}: takes ${predicate}`);
else predicates.push(minus ? (test) => !predicate(test) : predicate);
}
return {matches: (test) => predicates.every((each) => each(test)), wrong: wrong.join('; ')};
}
function token(key, value) {
return `${key}:${/[\s"\\]/.test(value) || value === '' ? '"' + value.replace(/["\\]/g, '\\$&') + '"' : value}`;
}
const ROW = 34;
const MOST_ON_PAPER = 2000;
const SORTS = {
trouble: ['trouble first', (a, b) => a.rank - b.rank || a.index - b.index],
declared: ['as declared', (a, b) => a.index - b.index],
name: ['by name', (a, b) => (a.full < b.full ? -1 : a.full > b.full ? 1 : a.index - b.index)],
time: ['slowest first', (a, b) => b.duration_ms - a.duration_ms || a.index - b.index],
};
const GROUPINGS = {suite: 'by suite', file: 'by file', none: 'ungrouped'};
function rowsOf(tests, grouping, sort, closed) {
const sorted = tests.slice().sort(SORTS[sort][1]);
if (grouping === 'none') return sorted.map((test) => ({test}));
const groups = new Map();
for (const test of sorted) {
const name = test[grouping];
if (!groups.has(name)) groups.set(name, []);
groups.get(name).push(test);
}
const rows = [];
for (const [group, members] of groups) {
const open = !closed.has(group);
rows.push({group, tests: members, open});
if (open) for (const test of members) rows.push({test});
}
return rows;
}
class TestList {
constructor(open) {
this.open = open;
this.closed = new Set();
this.rows = [];
this.elements = new Map();
this.space = h('div', {class: 'list-space'});
this.box = h('div', {class: 'list', id: 'list', tabindex: 0, role: 'listbox', 'aria-label': 'Tests'}, this.space);
this.box.addEventListener('scroll', () => this.draw());
this.space.addEventListener('click', (event) => this.clicked(event));
new ResizeObserver(() => this.draw()).observe(this.box);
}
show(tests, grouping, sort) {
this.shown = {tests, grouping, sort};
this.rows = rowsOf(tests, grouping, sort, this.closed);
this.grouping = grouping;
this.space.style.height = this.rows.length * ROW + 'px';
this.drop();
this.draw();
}
choose(test) {
this.chosen = test;
for (const [at, element] of this.elements) element.classList.toggle('chosen', this.rows[at].test === test);
}
reveal(test) {
const at = this.rows.findIndex((row) => row.test === test);
if (at < 0) return;
const height = this.box.clientHeight;
if (at * ROW < this.box.scrollTop) this.box.scrollTop = Math.max(0, (at - 1) * ROW);
else if ((at + 1) * ROW > this.box.scrollTop + height) this.box.scrollTop = (at + 2) * ROW - height;
this.draw();
}
neighbour(test, steps, which = () => true) {
const tests = this.rows.filter((row) => row.test && (row.test === test || which(row.test))).map((row) => row.test);
const at = tests.indexOf(test);
if (at < 0) return tests[0] || null;
return tests[Math.max(0, Math.min(tests.length - 1, at + steps))];
}
draw(all = false) {
const first = all ? 0 : Math.max(0, Math.floor(this.box.scrollTop / ROW) - 8);
const end = Math.min(this.rows.length, all ? MOST_ON_PAPER : Math.ceil((this.box.scrollTop + this.box.clientHeight) / ROW) + 8);
for (const [at, element] of this.elements) {
if (at >= first && at < end) continue;
element.remove();
this.elements.delete(at);
}
let next = null;
for (let at = end - 1; at >= first; --at) {
let element = this.elements.get(at);
if (!element) {
element = this.row(this.rows[at]);
element.style.top = at * ROW + 'px';
element.dataset.at = at;
this.elements.set(at, element);
this.space.insertBefore(element, next);
}
next = element;
}
}
drop() {
this.space.textContent = '';
this.elements.clear();
}
row(row) {
if (!row.test) return this.groupRow(row);
const test = row.test;
const path = this.grouping === 'suite' || test.suite === '' ? null : h('span', {class: 'soft'}, spelled(test.suite) + ' \u203a ');
return h('a', {class: `row of-${test.tone}` + (test === this.chosen ? ' chosen' : ''), role: 'option', href: '#/tests/' + test.id, tabindex: -1,
'aria-selected': String(test === this.chosen)},
h('span', {class: 'dot', title: wordOf(test.word)}),
h('span', {class: 'title', title: test.title.slice(0, 1000)}, path, test.title.slice(0, 400)),
test.verdict === 'passed' ? null : word(test.word, test.tone),
test.tags.length ? h('span', {class: 'tags'}, test.tags.map(spelled).join('  ')) : null,
h('span', {class: 'time'}, test.attempts.length ? timeText(test.duration_ms) : ''));
}
groupRow(row) {
const tones = new Map();
for (const test of row.tests) tones.set(test.tone, (tones.get(test.tone) || 0) + 1);
const tally = ['fail', 'lost', 'flaky', 'known', 'skip', 'pass'].filter((tone) => tones.has(tone));
const label = row.group === '' ? (this.grouping === 'suite' ? 'no suite' : 'no file') : spelled(row.group);
return h('div', {class: 'row group' + (row.open ? ' open' : ''), role: 'presentation'},
h('span', {class: 'twist'}), h('span', {class: 'title', title: label}, label),
h('span', {class: 'tally', title: counted(row.tests.length, 'test')}, tally.map((tone) => h('span', {class: 'of-' + tone}, grouped(tones.get(tone))))));
}
clicked(event) {
const element = event.target.closest('.row');
if (!element || event.ctrlKey || event.metaKey || event.shiftKey) return;
event.preventDefault();
const row = this.rows[element.dataset.at];
if (row.test) return this.open(row.test);
row.open ? this.closed.add(row.group) : this.closed.delete(row.group);
this.show(this.shown.tests, this.shown.grouping, this.shown.sort);
}
}
const MOST_TROUBLE = 50;
function headline(report) {
const {summary, run} = report;
const failed = summary.failed + summary.unexpected_pass;
const parts = [];
if (failed) parts.push([`${grouped(failed)} of ${counted(summary.total, 'test')} failed`, 'fail']);
if (summary.lost) parts.push([`${counted(summary.lost, 'test')} lost`, 'lost']);
if (!parts.length && run.cancelled) parts.push(['The run was cancelled', 'flaky']);
if (!parts.length && summary.total === 0) parts.push(['No test was run', 'skip']);
if (!parts.length && summary.passed + summary.flaky === 0) parts.push(['Nothing passed, nothing failed', 'skip']);
if (!parts.length) parts.push([summary.passed + summary.flaky === summary.total ? `All ${counted(summary.total, 'test')} passed` : 'Nothing failed', 'pass']);
if (summary.flaky) parts.push([`${grouped(summary.flaky)} flaky`, 'flaky']);
return parts;
}
function overviewPage(report, actions) {
const {summary, run} = report;
const present = VERDICTS.filter((verdict) => summary[verdict] > 0);
const trouble = report.tests.some((test) => test.rank < 2);
const link = (verdict) => actions.link({view: 'tests', query: 'is:' + verdict});
const share = (verdict) => {
const part = h('a', {class: 'of-' + TONES[verdict], href: link(verdict), title: `${grouped(summary[verdict])} ${wordOf(verdict)}`,
'aria-label': `${summary[verdict]} ${wordOf(verdict)}`});
part.style.flexGrow = summary[verdict];
return part;
};
return h('div', {class: 'page'},
h('section', {class: 'card hero'},
h('div', {class: 'hero-line'},
h('h1', {}, headline(report).map(([text, tone], i) => [i ? h('span', {class: 'soft'}, ', ') : null, h('em', {class: 'of-' + tone}, text)])),
h('span', {class: 'when'}, startText(run))),
run.stopped_because || run.cancelled ? h('p', {class: 'note'}, visibleLine(run.stopped_because || 'It was cancelled before its end.')) : null,
h('div', {class: 'stack', role: 'group', 'aria-label': 'Verdicts'}, present.map(share)),
h('div', {class: 'legend'}, present.map((verdict) => h('a', {class: 'of-' + TONES[verdict], href: link(verdict)},
h('span', {class: 'dot'}), h('b', {}, grouped(summary[verdict])), wordOf(verdict))))),
tiles(report),
h('div', {class: 'columns'},
h('div', {}, troubleCard(report, actions) || slowestCard(report, report.tests, 12, actions)),
h('div', {}, workersCard(report, actions), trouble ? slowestCard(report, report.tests, 8, actions) : null, factsCard(report))));
}
function startText(run) {
if (!run.started_at) return '';
const date = new Date(run.started_at);
return Number.isNaN(date.getTime()) ? run.started_at : date.toLocaleString(undefined, {dateStyle: 'medium', timeStyle: 'short'});
}
function tiles({summary, run}) {
const tile = (value, label) => h('div', {class: 'card tile'}, h('b', {}, value), h('span', {}, label));
const parts = (text) => {
const [number, unit] = text.split('\u00a0');
)~page~",
R"~page~(return unit ? [number, h('small', {}, unit)] : text;
};
return h('div', {class: 'tiles'},
tile(parts(timeText(run.duration_ms)), 'wall time'),
tile([summary.speedup ? summary.speedup.toFixed(2) : '\u2013', h('small', {}, '\u00d7')], `speed-up on ${counted(run.jobs, 'worker')}`),
tile(run.duration_ms > 0 ? [grouped(Math.round(summary.total / run.duration_ms * 1000)), h('small', {}, '/s')] : '\u2013', 'tests a second'),
tile(grouped(summary.assertions), summary.failed_assertions ? `assertions, ${grouped(summary.failed_assertions)} failed` : 'assertions'),
tile(parts(sizeText(summary.peak_rss_bytes)), 'memory at most'));
}
function troubleCard(report, actions) {
const trouble = report.tests.filter((test) => test.rank < 2).sort(SORTS.trouble[1]);
if (trouble.length === 0) return null;
const all = trouble.length > MOST_TROUBLE ? h('a', {href: actions.link({view: 'tests', query: ''})}, `all ${grouped(trouble.length)}`) : null;
return h('section', {class: 'card'}, h('h2', {}, 'Needs attention', h('span', {class: 'count'}, grouped(trouble.length)), all),
h('ul', {class: 'trouble', id: 'trouble'}, trouble.slice(0, MOST_TROUBLE).map((test) => troubleRow(test, actions))));
}
function troubleRow(test, actions) {
return h('li', {}, h('a', {class: 'of-' + test.tone, href: actions.link({view: 'tests', test: test.id})},
h('div', {class: 'head'}, word(test.word, test.tone),
h('span', {class: 'title'}, test.suite ? h('span', {class: 'soft'}, spelled(test.suite).slice(0, 200) + ' \u203a ') : null, test.title.slice(0, 300)),
h('span', {class: 'time'}, test.attempts.length ? timeText(test.duration_ms) : '')),
snippet(test)));
}
function snippet(test) {
const attempt = defaultAttempt(test);
if (!attempt) return test.reason ? h('pre', {}, visible(test.reason.slice(0, 400))) : null;
const failure = attempt.ending === 'passed' ? null : firstFailure(attempt);
if (!failure) return h('pre', {}, attempt.ending === 'passed' && test.reason ? visible(test.reason.slice(0, 400)) : endingText(attempt).slice(0, 400));
const cut = (text) => (text.length > 240 ? text.slice(0, 240) + '\u2026' : text);
const expression = failure.expression ? `${failure.macro || ''}(${cut(failure.expression)})` : '';
return h('pre', {}, attempt.ending === 'failed' ? null : endingText(attempt).slice(0, 200) + '\n',
expression ? [h('b', {}, visible(expression)), '\n'] : null,
failure.message ? visible(cut(failure.message) + '\n') : null, failure.expanded ? visible(cut(failure.expanded)) : null);
}
function slowestCard(report, tests, most, actions, whole = false) {
const slow = tests.filter((test) => test.duration_ms > 0).sort(SORTS.time[1]).slice(0, most);
if (slow.length === 0) return whole ? h('p', {class: 'empty'}, 'No test that was run matches the filter.') : null;
const longest = slow[0].duration_ms;
const more = whole ? null : h('a', {href: actions.link({view: 'slowest'})}, 'more');
return h('section', {class: 'card'}, h('h2', {}, 'Slowest', more), h('div', {class: 'bars'}, slow.map((test) =>
durationBar(test, test.tone, test.duration_ms, longest, actions.link({view: 'tests', test: test.id})))));
}
function durationBar(test, tone, took, longest, href) {
const bar = h('i', {});
bar.style.width = (took / longest * 100).toFixed(2) + '%';
return h('a', {class: 'of-' + tone, href, title: spelled(test.full).slice(0, 600)}, bar,
h('span', {class: 'title'}, test.title.slice(0, 300)), h('span', {class: 'time'}, timeText(took)));
}
function slowestPage(report, tests, actions) {
return h('div', {class: 'page'}, slowestCard(report, tests, 200, actions, true));
}
function factsCard({run, summary}) {
const command = run.command_line.map(shellWord).join(' ');
const facts = [
['command', visible(command), 'mono'], ['isolation', run.isolation], ['seed', run.seed],
['shard', run.shard && `${run.shard.index} of ${run.shard.count}`],
['not selected', run.filtered_out ? counted(run.filtered_out, 'test') : null],
['system', [run.host.os, run.host.arch, counted(run.host.cpus, 'processor')].filter(Boolean).join(' \u00b7 ')],
['workers', counted(summary.workers_started, 'start') + (summary.workers_replaced ? `, ${grouped(summary.workers_replaced)} replaced` : '')],
['a process takes', summary.mean_spawn_ms ? timeText(summary.mean_spawn_ms) + ' to start' : null],
['build', run.build_id, 'mono'],
];
return h('section', {class: 'card'}, h('h2', {}, 'The run'), h('dl', {class: 'facts'},
facts.filter(([, value]) => value !== null && value !== undefined && value !== '').map(([label, value, kind]) => [h('dt', {}, label), h('dd', {class: kind}, value)])));
}
function workersCard(report, actions) {
const slices = slicesOf(report.tests);
if (slices.length === 0) return null;
const canvas = h('canvas', {class: 'mini', id: 'mini', role: 'img', 'aria-label': 'Timeline of the workers', click: () => { location.hash = actions.link({view: 'timeline'}); }});
const draw = () => drawTimeline(canvas, {lanes: lanesOf(slices), from: 0, to: endOf(report, slices), small: true});
new ResizeObserver(draw).observe(canvas);
canvas.redraw = draw;
canvas.style.height = Math.min(110, 16 + lanesOf(slices).length * 30) + 'px';
return h('section', {class: 'card'}, h('h2', {}, 'Workers', h('a', {href: actions.link({view: 'timeline'})}, 'timeline')), canvas);
}
function isFlake(test) {
return test.verdict === 'flaky' || (test.flake && test.flake.failures > 0 && test.flake.failures < test.flake.runs);
}
function interval(flake) {
const band = h('i', {});
band.style.left = flake.low * 100 + '%';
band.style.width = Math.max(0, flake.high - flake.low) * 100 + '%';
const dot = h('b', {});
dot.style.left = flake.rate * 100 + '%';
const text = `${percentText(flake.rate)}, between ${percentText(flake.low)} and ${percentText(flake.high)}`;
return h('div', {class: 'interval', role: 'img', 'aria-label': text, title: text}, band, dot);
}
function flakeCard(flake) {
const names = (label, list) => (list || []).map((each) => [h('dt', {}, label), h('dd', {}, visibleLine(each))]);
return h('section', {class: 'card block', id: 'flake'}, h('h2', {}, 'Repeated runs', flake.category ? h('span', {class: 'chip'}, visibleLine(wordOf(flake.category))) : null),
h('dl', {class: 'facts'},
h('dt', {}, 'failed'), h('dd', {}, `${grouped(flake.failures)} of ${counted(flake.runs, 'run')}: ${percentText(flake.rate)}`),
h('dt', {}, '95 % interval'), h('dd', {}, interval(flake)),
flake.explanation ? [h('dt', {}, 'because'), h('dd', {}, visible(flake.explanation))] : null,
(flake.signatures || []).map((each) => [h('dt', {}, `as, ${counted(each.count, 'time')}`), h('dd', {class: 'mono'}, visible(each.text))]),
names('spoiled by', flake.polluters), names('mended by', flake.cleaners), names('needs', flake.state_setters)),
flake.conditions && flake.conditions.length ? conditionsTable(flake.conditions) : null,
flake.repro ? commandLine(flake.repro) : null);
}
function conditionsTable(conditions) {
return h('div', {class: 'scroll'}, h('table', {},
h('thead', {}, h('tr', {}, ['condition', 'failed', 'by accident'].map((each) => h('th', {}, each)))),
h('tbody', {}, conditions.map((each) => h('tr', {class: each.moved ? 'moved' : null}, h('td', {class: 'mono'}, visibleLine(each.condition)),
h('td', {}, `${grouped(each.failures)} of ${grouped(each.runs)}`), h('td', {}, percentText(each.chance)))))));
}
function flakesPage(tests, actions) {
const flakes = tests.filter(isFlake).sort((a, b) => (b.flake ? b.flake.rate : 0) - (a.flake ? a.flake.rate : 0) || a.index - b.index);
if (flakes.length === 0) return h('p', {class: 'empty'}, 'No flaky test matches the filter.');
const row = (test) => h('tr', {},
h('td', {}, h('a', {href: actions.link({view: 'tests', test: test.id})}, spelled(test.full).slice(0, 300))),
test.flake
? [h('td', {}, percentText(test.flake.rate)), h('td', {}, interval(test.flake)),
h('td', {}, `${grouped(test.flake.failures)} of ${grouped(test.flake.runs)}`)]
: [h('td', {}, ''), h('td', {class: 'soft'}, 'passed when tried again'),
h('td', {}, `${test.attempts.filter((each) => each.ending !== 'passed').length} of ${test.attempts.length}`)],
h('td', {}, test.flake && test.flake.category ? h('span', {class: 'chip'}, visibleLine(test.flake.category)) : ''),
h('td', {}, test.flake && test.flake.repro ? copyButton(test.flake.repro, 'Copy command') : ''));
return h('div', {class: 'page'}, h('section', {class: 'card'}, h('h2', {}, 'Flaky tests', h('span', {class: 'count'}, grouped(flakes.length))),
h('div', {class: 'scroll'}, h('table', {id: 'flakes'},
h('thead', {}, h('tr', {}, ['test', 'rate', '95 % interval', 'failed', 'category', ''].map((each) => h('th', {}, each)))),
h('tbody', {}, flakes.map(row))))));
}
const SVG = 'http://www.w3.org/2000/svg';
function h(tag, attributes, ...children) {
const element = tag === 'svg' || tag === 'path' ? document.createElementNS(SVG, tag) : document.createElement(tag);
for (const [name, value] of Object.entries(attributes || {})) {
if (typeof value === 'function') element.addEventListener(name, value);
else if (value !== null && value !== false && value !== undefined) element.setAttribute(name, value === true ? '' : value);
}
append(element, children);
return element;
}
function append(element, child) {
if (Array.isArray(child)) for (const each of child) append(element, each);
else if (child instanceof Node) element.appendChild(child);
else if (child !== null && child !== undefined && child !== '') element.appendChild(document.createTextNode(String(child)));
}
function replaceChildren(element, ...children) {
element.textContent = '';
append(element, children);
return element;
}
const UNSEEN = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]/g;
const UNSEEN_OR_BREAK = new RegExp(UNSEEN.source + '|[\\t\\n]', 'g');
function spell(character) {
if (character === '\n') return '\\n';
if (character === '\t') return '\\t';
const code = character.charCodeAt(0).toString(16);
return code.length <= 2 ? '\\x' + code.padStart(2, '0') : '\\u' + code.padStart(4, '0');
}
function spelled(text) {
return text.replace(UNSEEN_OR_BREAK, spell);
}
function visible(text, pattern = UNSEEN) {
const pieces = [];
let at = 0;
for (const match of text.matchAll(pattern)) {
if (match.index > at) pieces.push(text.slice(at, match.index));
pieces.push(h('span', {class: 'ctl'}, spell(match[0])));
at = match.index + match[0].length;
}
pieces.push(text.slice(at));
return pieces;
}
function visibleLine(text) {
return visible(text, UNSEEN_OR_BREAK);
}
function counted(count, one, many = one + 's') {
return grouped(count) + '\u00a0' + (count === 1 ? one : many);
}
function grouped(count) {
return String(count).replace(/\B(?=(\d{3})+$)/g, '\u202f');
}
function timeText(ms) {
if (!(ms > 0)) return '0 ms';
if (ms < 1) return threeDigits(ms * 1000) + '\u00a0\u00b5s';
if (ms < 1000) return threeDigits(ms) + '\u00a0ms';
if (ms < 60e3) return threeDigits(ms / 1000) + '\u00a0s';
const seconds = Math.round(ms / 1000);
if (seconds < 3600) return Math.floor(seconds / 60) + 'm\u00a0' + String(seconds % 60).padStart(2, '0') + 's';
return Math.floor(seconds / 3600) + 'h\u00a0' + String(Math.floor(seconds / 60) % 60).padStart(2, '0') + 'm';
}
function threeDigits(value) {
return value >= 99.95 ? value.toFixed(0) : value >= 9.995 ? value.toFixed(1) : value.toFixed(2);
}
function sizeText(bytes) {
const units = ['bytes', 'KiB', 'MiB', 'GiB', 'TiB'];
let unit = 0;
while (bytes >= 1024 && unit < units.length - 1) {
bytes /= 1024;
++unit;
}
return (unit === 0 ? String(bytes) : threeDigits(bytes)) + '\u00a0' + units[unit];
}
function percentText(share) {
return (share >= 0.1 || share === 0 ? (share * 100).toFixed(0) : (share * 100).toFixed(1)) + '\u00a0%';
}
const SGR = /\u001b\[([\d;:]*)m/g;
function* outputLines(text) {
const pen = {};
for (const raw of text.replace(/\r+\n/g, '\n').replace(/\n$/, '').split('\n')) {
const line = h('div', {class: /^\[\.\.\. \d+ bytes left out/.test(raw) ? 'left-out' : null});
const start = raw.replace(/\r+$/, '').lastIndexOf('\r') + 1;
)~page~",
R"~page~(for (const match of raw.slice(0, start).matchAll(SGR)) changePen(pen, match[1]);
let at = start;
SGR.lastIndex = start;
for (let match; (match = SGR.exec(raw)) !== null; at = SGR.lastIndex) {
append(line, inked(raw.slice(at, match.index), pen));
changePen(pen, match[1]);
}
append(line, inked(raw.slice(at), pen));
yield line;
}
}
function inked(text, pen) {
if (text === '') return null;
const classes = Object.keys(pen).filter((key) => pen[key] === true);
for (const [key, letter] of [['ink', 'ink'], ['ground', 'ground']]) {
if (typeof pen[key] === 'number') classes.push(letter + pen[key]);
}
const own = typeof pen.ink === 'string' || typeof pen.ground === 'string';
if (classes.length === 0 && !own) return visible(text);
const span = h('span', {class: classes.join(' ')}, visible(text));
if (typeof pen.ink === 'string') span.style.color = pen.ink;
if (typeof pen.ground === 'string') span.style.backgroundColor = pen.ground;
return span;
}
const PEN_ON = {1: 'bold', 2: 'faint', 3: 'slanted', 4: 'lined', 7: 'turned', 9: 'struck'};
const PEN_OFF = {22: ['bold', 'faint'], 23: ['slanted'], 24: ['lined'], 27: ['turned'], 29: ['struck'], 39: ['ink'], 49: ['ground']};
function changePen(pen, parameters) {
const codes = parameters.split(/[;:]/).map(Number);
for (let i = 0; i < codes.length; ++i) {
const code = codes[i];
if (code === 0) for (const key of Object.keys(pen)) delete pen[key];
else if (PEN_ON[code]) pen[PEN_ON[code]] = true;
else if (PEN_OFF[code]) for (const key of PEN_OFF[code]) delete pen[key];
else if (code === 38 || code === 48) i = mixColor(pen, code === 38 ? 'ink' : 'ground', codes, i + 1);
else if (code >= 30 && code <= 37) pen.ink = code - 30;
else if (code >= 40 && code <= 47) pen.ground = code - 40;
else if (code >= 90 && code <= 97) pen.ink = code - 82;
else if (code >= 100 && code <= 107) pen.ground = code - 92;
}
}
function mixColor(pen, key, codes, at) {
const byte = (value) => Math.max(0, Math.min(255, value | 0));
if (codes[at] === 2) {
pen[key] = `rgb(${byte(codes[at + 1])}, ${byte(codes[at + 2])}, ${byte(codes[at + 3])})`;
return at + 3;
}
if (codes[at] !== 5) return at;
const index = byte(codes[at + 1]);
if (index < 16) {
pen[key] = index;
} else if (index >= 232) {
const gray = 8 + 10 * (index - 232);
pen[key] = `rgb(${gray}, ${gray}, ${gray})`;
} else {
const level = (step) => (step === 0 ? 0 : 55 + 40 * step);
const cube = index - 16;
pen[key] = `rgb(${level(Math.floor(cube / 36))}, ${level(Math.floor(cube / 6) % 6)}, ${level(cube % 6)})`;
}
return at + 1;
}
function slicesOf(tests) {
const slices = [];
for (const test of tests) {
for (const attempt of test.attempts) {
if (attempt.ending === 'lost' && attempt.duration_ms === 0) continue;
slices.push({test, attempt, lane: attempt.slot, start: attempt.started_ms, end: attempt.started_ms + attempt.duration_ms, tone: toneOf(attempt.ending)});
}
}
return slices;
}
function lanesOf(slices) {
const lanes = [];
for (const slice of slices) (lanes[slice.lane] = lanes[slice.lane] || []).push(slice);
for (let i = 0; i < lanes.length; ++i) (lanes[i] = lanes[i] || []).sort((a, b) => a.start - b.start);
return lanes;
}
function endOf(report, slices) {
return slices.reduce((latest, slice) => Math.max(latest, slice.end), Math.max(report.run.duration_ms, 0.001));
}
function niceStep(span, most) {
const least = span / Math.max(1, most);
const power = 10 ** Math.floor(Math.log10(least));
return [1, 2, 5, 10].find((each) => each * power >= least) * power;
}
function layoutOf(canvas, lanes, small) {
const width = canvas.clientWidth - (small ? 40 : 0);
const height = canvas.clientHeight - (small ? 16 : 0);
const left = small ? 0 : 64;
const top = small ? 0 : 34;
const pitch = Math.max(small ? 2 : 10, Math.min(small ? 30 : 54, (height - top - (small ? 0 : 12)) / Math.max(1, lanes.length)));
const gap = pitch > 8 ? Math.min(10, pitch * 0.24) : 0.5;
return {width, height, left, top, pitch, bar: pitch - gap, right: small ? 0 : 16};
}
function drawTimeline(canvas, view) {
const layout = layoutOf(canvas, view.lanes, view.small);
if (layout.width <= 0 || layout.height <= 0) return layout;
const ratio = window.devicePixelRatio || 1;
canvas.width = Math.round(layout.width * ratio);
canvas.height = Math.round(layout.height * ratio);
const pen = canvas.getContext('2d');
pen.setTransform(ratio, 0, 0, ratio, 0, 0);
pen.clearRect(0, 0, layout.width, layout.height);
const style = getComputedStyle(document.documentElement);
const color = (name) => style.getPropertyValue('--' + name).trim();
const span = view.to - view.from;
const scale = (layout.width - layout.left - layout.right) / span;
const place = {...layout, scale, x: (time) => layout.left + (time - view.from) * scale, y: (lane) => layout.top + lane * layout.pitch - (view.scroll || 0)};
if (!view.small) drawAxis(pen, place, view, color);
pen.save();
pen.beginPath();
pen.rect(layout.left, layout.top, layout.width - layout.left, layout.height - layout.top);
pen.clip();
const fills = {};
for (const tone of ['pass', 'fail', 'skip', 'lost']) fills[tone] = color(tone + '-fill');
view.lanes.forEach((slices, lane) => drawLane(pen, place, view, slices, lane, fills, color));
pen.restore();
if (!view.small) drawLabels(pen, place, view, color);
return place;
}
function drawAxis(pen, place, view, color) {
pen.font = `12px ${getComputedStyle(document.body).fontFamily}`;
pen.textBaseline = 'middle';
pen.textAlign = 'left';
const step = niceStep(view.to - view.from, (place.width - place.left) / 110);
for (let i = Math.ceil(view.from / step); i * step <= view.to; ++i) {
const x = Math.round(place.x(i * step)) + 0.5;
pen.strokeStyle = color('line');
pen.beginPath();
pen.moveTo(x, place.top - 6);
pen.lineTo(x, place.height);
pen.stroke();
pen.fillStyle = color('soft');
const text = tickText(i * step, step);
if (x + 5 + pen.measureText(text).width < place.width) pen.fillText(text, x + 5, place.top / 2);
}
}
function tickText(time, step) {
if (time === 0) return '0';
const [factor, unit] = step >= 1000 ? [1000, 's'] : step >= 1 || time >= 1000 ? (time >= 1000 ? [1000, 's'] : [1, 'ms']) : step >= 0.001 && time < 1 ? [0.001, '\u00b5s'] : [1, 'ms'];
const decimals = Math.max(0, Math.min(6, -Math.floor(Math.log10(step / factor) + 1e-9)));
return (time / factor).toFixed(decimals) + ' ' + unit;
}
function drawLane(pen, place, view, slices, lane, fills, color) {
const y = place.y(lane);
if (y > place.height || y + place.pitch < place.top) return;
pen.fillStyle = color(view.small ? 'well' : 'paper');
pen.fillRect(place.left, y, place.width - place.left - place.right, place.bar);
const late = [];
let drawn = -1;
for (let i = firstEndingAfter(slices, view.from); i < slices.length && slices[i].start <= view.to; ++i) {
const slice = slices[i];
if (slice.tone !== 'pass') {
late.push(slice);
continue;
}
const x = place.x(slice.start);
const width = Math.max(place.x(slice.end) - x, 0.8);
if (x + width < drawn + 0.4) continue;
drawn = x + width;
drawSlice(pen, place, view, slice, x, y, width, fills.pass);
}
for (const slice of late) {
const x = place.x(slice.start);
drawSlice(pen, place, view, slice, x, y, Math.max(place.x(slice.end) - x, 2), fills[slice.tone]);
}
}
function drawSlice(pen, place, view, slice, x, y, width, fill) {
pen.globalAlpha = view.matches && !view.matches(slice.test) ? 0.16 : 1;
pen.fillStyle = fill;
const seam = width > 4 ? 1 : 0;
pen.fillRect(x, y, width - seam, place.bar);
if (!view.small && width > 46 && place.bar > 15) {
pen.save();
pen.beginPath();
pen.rect(x, y, width - 4, place.bar);
pen.clip();
pen.fillStyle = '#fff';
pen.fillText(slice.test.title.slice(0, 120), Math.max(x, place.left) + 7, y + place.bar / 2 + 1);
pen.restore();
}
if (view.hovered === slice) {
pen.strokeStyle = getComputedStyle(document.documentElement).getPropertyValue('--ink').trim();
pen.lineWidth = 2;
pen.strokeRect(x, y + 1, Math.max(width - seam, 2), place.bar - 2);
pen.lineWidth = 1;
}
pen.globalAlpha = 1;
}
function drawLabels(pen, place, view, color) {
pen.fillStyle = color('card');
pen.fillRect(0, place.top, place.left - 4, place.height);
pen.fillStyle = color('soft');
pen.textAlign = 'right';
const every = Math.max(1, Math.ceil(15 / place.pitch));
for (let lane = 0; lane < view.lanes.length; lane += every) {
const y = place.y(lane);
if (y + place.bar > place.top) pen.fillText(String(lane), place.left - 14, y + place.bar / 2 + 1);
}
pen.fillText('worker', place.left - 14, place.top / 2);
pen.textAlign = 'left';
}
function firstEndingAfter(slices, time) {
let low = 0;
let high = slices.length;
while (low < high) {
const middle = (low + high) >> 1;
if (slices[middle].end < time) low = middle + 1;
else high = middle;
}
return low;
}
class Timeline {
constructor(report, actions) {
this.actions = actions;
this.tip = document.getElementById('tip');
const slices = slicesOf(report.tests);
this.all = endOf(report, slices);
this.view = {lanes: lanesOf(slices), from: 0, to: this.all, scroll: 0, hovered: null};
this.pointers = new Map();
this.canvas = h('canvas', {id: 'lanes', tabindex: 0, role: 'application', 'aria-label':
'Timeline of the workers. Arrow keys move, plus and minus zoom, 0 shows all. The list of tests has the same in text.'});
const button = (label, title, act) => h('button', {class: 'plain', type: 'button', title, click: act}, label);
this.shown = h('span', {class: 'soft'});
this.below = h('div', {class: 'in-view'});
this.element = h('div', {class: 'timeline'},
h('div', {class: 'pane-head'},
h('span', {class: 'keys'}, [['pass', 'passed'], ['fail', 'failed'], ['skip', 'skipped']].map(([tone, name]) =>
h('span', {class: 'of-' + tone}, h('span', {class: 'dot'}), name))),
h('span', {class: 'spring'}), this.shown,
button('\u2212', 'Zoom out (-)', () => this.zoom(2)), button('+', 'Zoom in (+)', () => this.zoom(0.5)), button('All', 'Show all (0)', () => this.fit())),
this.canvas, this.below);
this.canvas.style.height = 34 + 12 + Math.max(1, this.view.lanes.length) * 54 + 'px';
this.listen();
new ResizeObserver(() => this.draw()).observe(this.canvas);
}
listen() {
this.canvas.addEventListener('wheel', (event) => this.wheel(event), {passive: false});
this.canvas.addEventListener('pointerdown', (event) => this.press(event));
this.canvas.addEventListener('pointermove', (event) => this.move(event));
for (const name of ['pointerup', 'pointercancel']) this.canvas.addEventListener(name, (event) => this.release(event));
this.canvas.addEventListener('pointerleave', () => this.hover(null));
this.canvas.addEventListener('dblclick', (event) => this.zoom(0.25, this.timeAt(event.offsetX)));
this.canvas.addEventListener('keydown', (event) => this.key(event));
}
show(matches, narrowed) {
this.view.matches = narrowed ? matches : null;
this.draw();
}
draw() {
this.place = drawTimeline(this.canvas, this.view);
this.shown.textContent = this.view.to - this.view.from < this.all * 0.999
? `${timeText(this.view.from)} to ${timeText(this.view.to)}` : timeText(this.all);
cancelAnimationFrame(this.frame);
this.frame = requestAnimationFrame(() => this.listBelow());
}
listBelow() {
const {lanes, from, to, matches} = this.view;
const seen = [];
for (const lane of lanes) {
for (let i = firstEndingAfter(lane, from); i < lane.length && lane[i].start <= to; ++i) if (!matches || matches(lane[i].test)) seen.push(lane[i]);
}
seen.sort((a, b) => b.end - b.start - (a.end - a.start));
const longest = seen.length ? seen[0].end - seen[0].start : 0;
replaceChildren(this.below, longest <= 0 ? null : h('section', {class: 'card'}, h('h2', {}, 'Longest in view', h('span', {class: 'count'}, `of ${grouped(seen.length)}`)),
h('div', {class: 'bars'}, seen.slice(0, 12).map((slice) => durationBar(slice.test, slice.tone, slice.end - slice.start, longest,
this.actions.link({view: 'tests', test: slice.test.id, attempt: slice.test.attempts.length > 1 ? slice.attempt.number : 0}))))));
}
timeAt(x) {
return this.view.from + (x - this.place.left) / this.place.scale;
}
sliceAt(x, y) {
const {place, view} = this;
if (!place || x < place.left || y < place.top) return null;
)~page~",
R"~page~(const lane = view.lanes[Math.floor((y - place.top + view.scroll) / place.pitch)];
if (!lane) return null;
const near = 3 / place.scale;
const time = this.timeAt(x);
let best = null;
for (let i = firstEndingAfter(lane, time - near); i < lane.length && lane[i].start <= time + near; ++i) {
const slice = lane[i];
const away = Math.max(slice.start - time, time - slice.end, 0) - (slice.tone === 'fail' ? near / 2 : 0);
if (best === null || away < best.away) best = {slice, away};
}
return best && best.slice;
}
set(from, to) {
const span = Math.max(0.002, Math.min(this.all, to - from));
this.view.from = Math.max(0, Math.min(this.all - span, from));
this.view.to = this.view.from + span;
this.draw();
}
fit() {
this.view.scroll = 0;
this.set(0, this.all);
}
zoom(factor, time = (this.view.from + this.view.to) / 2) {
this.set(time - (time - this.view.from) * factor, time + (this.view.to - time) * factor);
}
pan(pixels) {
const time = pixels / this.place.scale;
const span = this.view.to - this.view.from;
const from = Math.max(0, Math.min(this.all - span, this.view.from + time));
this.set(from, from + span);
}
scroll(pixels) {
const height = this.view.lanes.length * this.place.pitch + this.place.top - this.place.height + 12;
this.view.scroll = Math.max(0, Math.min(Math.max(0, height), this.view.scroll + pixels));
this.draw();
}
wheel(event) {
event.preventDefault();
const unit = event.deltaMode === 1 ? 30 : 1;
if (event.shiftKey) this.scroll(event.deltaY * unit);
else if (Math.abs(event.deltaX) > Math.abs(event.deltaY)) this.pan(event.deltaX * unit);
else this.zoom(2 ** (event.deltaY * unit / 300), this.timeAt(event.offsetX));
}
press(event) {
this.canvas.setPointerCapture(event.pointerId);
this.pointers.set(event.pointerId, {x: event.offsetX, y: event.offsetY});
this.travelled = 0;
}
move(event) {
const before = this.pointers.get(event.pointerId);
if (!before) return this.hover(event);
const now = {x: event.offsetX, y: event.offsetY};
this.travelled += Math.abs(now.x - before.x) + Math.abs(now.y - before.y);
const other = [...this.pointers].find(([id]) => id !== event.pointerId);
if (other) {
const [a, b] = [Math.abs(before.x - other[1].x), Math.abs(now.x - other[1].x)];
if (a > 8 && b > 8) this.zoom(a / b, this.timeAt((now.x + other[1].x) / 2));
} else if (this.travelled > 4) {
this.canvas.classList.add('drag');
this.hover(null);
this.pan(before.x - now.x);
this.scroll(before.y - now.y);
}
this.pointers.set(event.pointerId, now);
}
release(event) {
const alone = this.pointers.size === 1;
this.pointers.delete(event.pointerId);
this.canvas.classList.remove('drag');
if (event.type !== 'pointerup' || !alone || this.travelled > 4) return;
const slice = this.sliceAt(event.offsetX, event.offsetY);
if (slice) this.actions.open(slice.test, slice.attempt.number);
}
hover(event) {
const slice = event ? this.sliceAt(event.offsetX, event.offsetY) : null;
this.canvas.classList.toggle('over', slice !== null);
if (slice !== this.view.hovered) {
this.view.hovered = slice;
this.draw();
}
this.tip.hidden = slice === null;
if (slice) this.showTip(slice, event);
}
showTip(slice, event) {
const {test, attempt} = slice;
replaceChildren(this.tip, h('b', {}, spelled(test.full).slice(0, 400)),
h('span', {class: 'of-' + slice.tone}, word(attempt.ending, slice.tone)), ` ${timeText(attempt.duration_ms)} \u00b7 from ${timeText(attempt.started_ms)}`,
test.attempts.length > 1 ? ` \u00b7 attempt ${attempt.number}` : '');
const box = this.tip.getBoundingClientRect();
this.tip.style.left = Math.max(6, Math.min(event.clientX + 14, innerWidth - box.width - 8)) + 'px';
this.tip.style.top = (event.clientY + 18 + box.height > innerHeight ? event.clientY - box.height - 12 : event.clientY + 18) + 'px';
}
key(event) {
const act = {
ArrowLeft: () => this.pan(-80), ArrowRight: () => this.pan(80), ArrowUp: () => this.scroll(-60), ArrowDown: () => this.scroll(60),
'+': () => this.zoom(0.5), '=': () => this.zoom(0.5), '-': () => this.zoom(2), 0: () => this.fit(),
}[event.key];
if (!act || event.ctrlKey || event.metaKey || event.altKey) return;
event.preventDefault();
event.stopPropagation();
act();
}
}
start();
})();
</script>
</body>
</html>
)~page~"};

}  // namespace cordon::engine::report::html_page
