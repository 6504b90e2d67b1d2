import { lone, tame, type Trick } from './trick.ts';

/** Markup that would lie over the page, replace what the page's script looks up, or make the browser stand still. */
const OVERLAYS = [
  '<div style="position:fixed;inset:0;z-index:2147483647;background:#fff">Your session has ended. <a href="{url}/login">Sign in</a></div>',
  '<div style="position:absolute;top:-500px;left:0;width:100vw;height:200vh">x</div>',
  '<div style="POSITION : FIXED;top:0">x</div>',
  '<div style="posi\\74ion:fixed;top:0">x</div>',
  '<div style="position/**/:fixed;top:0">x</div>',
  '<div style="position:sticky;top:0;height:100vh">x</div>',
  '<style>*{position:fixed!important}</style><p>x</p>',
  '<style>body{display:none}</style><p>x</p>',
  '<div style="margin-top:-2000px">x</div>',
  '<div style="transform:translateY(-1000px) scale(99)">x</div>',
  '<div style="zoom:50">x</div>',
  '<div style="width:100000px;height:100000px">x</div>',
  '<div style="height:99999999px">x</div>',
  '<table height="99999999"><tr><td height="99999999">x</table>',
  '<p style="font-size:9999px">x</p>',
  '<p style="letter-spacing:-50px;line-height:0">x</p>',
  '<p style="text-indent:-99999px">x</p>',
  '<dialog open style="width:100%">x</dialog>',
  '<div popover=manual id=p>x</div>',
  '<p style="cursor:none">x</p>',
  '<div style="pointer-events:none;opacity:0"><a href="{url}/click">press</a></div>',
  '<details open><summary>x</summary><p style="position:fixed">x</p></details>',
  '<blink>x</blink><marquee width=10000 height=10000 scrollamount=9999>x</marquee>',
  '<p dir=rtl>\u202e\u2066evil\u2069\u202c</p>',
  `<p>x${'\u0337\u0489'.repeat(2000)}</p>`,
];
const NAMES =
  'body head documentElement getElementById querySelector cookie location defaultView implementation attributes parentNode childNodes nodeName ownerDocument innerHTML removeChild insertBefore submit contentDocument self top parent opener frames length holdfast __proto__ constructor'.split(
    ' ',
  );
const HUGE = [
  '<div>'.repeat(50_000),
  `${'<b>'.repeat(20_000)}x${'</b>'.repeat(20_000)}`,
  '<'.repeat(500_000),
  '<a '.repeat(100_000),
  `<p ${Array.from({ length: 50_000 }, (_, at) => `a${at}=1`).join(' ')}>x</p>`,
  `<p title="${'x'.repeat(1_000_000)}">x</p>`,
  `<p style="${'color:red;'.repeat(100_000)}">x</p>`,
  `<p style="color:${'red '.repeat(50_000)}">x</p>`,
  `<p style="color:${'\\'.repeat(100_000)}">x</p>`,
  `<a href="${'https://'.repeat(100_000)}">x</a>`,
  `<a href="${'&#106;'.repeat(100_000)}:">x</a>`,
  `<img src="data:image/png;base64,${'A'.repeat(1_000_000)}">`,
  `<img src="data:image/png;base64,${' '.repeat(200_000)}!">`,
  '<!--'.repeat(100_000),
  '&'.repeat(500_000),
  '&amp'.repeat(200_000),
  `<table>${'<tr><td>x'.repeat(20_000)}</table>`,
  '<table><tr><td>'.repeat(3000),
  '<blockquote>'.repeat(5000),
  '<blockquote type=cite>x'.repeat(300),
  '<select><option>x'.repeat(10_000),
  `<style>${'a{'.repeat(100_000)}</style>`,
  `<style>/*${'*'.repeat(500_000)}`,
  `<svg>${'<g>'.repeat(20_000)}`,
  `<ul>${'<li><ul>'.repeat(5000)}`,
  `<p>${'a'.repeat(1_000_000)}</p>`,
  `<p>${'\u200d\ufe0f'.repeat(100_000)}</p>`,
];

export const COVERS: readonly Trick[] = [
  ...tame('overlay', OVERLAYS),
  ...tame('clobbering', [
    ...NAMES.map(
      (name) => `<img name="${name}" src=x><a id="${name}" name="${name}" href="{url}/c">x</a>`,
    ),
    ...NAMES.slice(0, 8).map(
      (name) => `<form id="${name}"><input name="${name}"><output id="${name}"></form>`,
    ),
    '<iframe name="self" srcdoc="<a id=body></a>"></iframe>',
    '<a id=message-heading>x</a><div id=root>y</div>',
    '<a id=x><a id=x name=y href="cid:1">z</a></a>',
  ]),
  ...lone('size', HUGE),
];
