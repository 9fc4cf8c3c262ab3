import { readFileSync } from 'node:fs'
import { newNonce, policy } from './screen.ts'

type Refused = Record<'title' | 'text' | 'command', string>

const words = (language: string): Refused =>
  (
    JSON.parse(readFileSync(new URL(`../../locales/${language}/web.json`, import.meta.url), 'utf8')) as {
      refused: Refused
    }
  ).refused

/**
 * What someone sees who came without the session: an old bookmark, a copied address, another program. In both languages, since nothing is
 * known about the visitor.
 */
export function refusalPage(): { body: string; policy: string } {
  const nonce = newNonce()
  const fa = words('fa')
  const en = words('en')
  const body = `<!doctype html>
<html lang="fa" dir="rtl">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Daftar</title>
<style nonce="${nonce}">
:root { color-scheme: light dark; }
body { margin: 0; min-block-size: 100vh; display: grid; place-items: center; font: 16px/1.9 Vazirmatn, Tahoma, system-ui, sans-serif;
  background: light-dark(#f6f7f7, #16191a); color: light-dark(#1d2324, #e8ecec); }
main { max-inline-size: 26rem; padding: 2rem; text-align: center; }
.mark { inline-size: 64px; block-size: 64px; margin: 0 auto 1rem; border-radius: 16px; display: grid; place-items: center;
  background: light-dark(#0b7d85, #35b8bd); color: light-dark(#fff, #04282a); font-size: 34px; font-weight: 700; line-height: 1; }
h1 { font-size: 1.25rem; margin: 0 0 .5rem; }
p { margin: .25rem 0; color: light-dark(#4a5557, #a9b4b5); }
code { direction: ltr; unicode-bidi: isolate; padding: .1rem .4rem; border-radius: 6px; background: light-dark(#e7eaea, #262b2c); }
hr { border: 0; border-block-start: 1px solid light-dark(#d9dede, #2d3435); margin: 1.5rem 0; }
</style></head>
<body><main>
<div class="mark" aria-hidden="true">د</div>
<h1>${fa.title}</h1>
<p>${fa.text}</p>
<p><code>${fa.command}</code></p>
<hr>
<div lang="en" dir="ltr">
<h1>${en.title}</h1>
<p>${en.text}</p>
<p><code>${en.command}</code></p>
</div>
</main></body></html>`
  return { body, policy: policy(nonce, "'none'") }
}
