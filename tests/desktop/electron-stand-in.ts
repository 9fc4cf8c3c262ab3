import { EventEmitter } from 'node:events'
import { readFileSync } from 'node:fs'
import { registerHooks } from 'node:module'
import { constants, runInThisContext } from 'node:vm'
import type { BrowserContext, CDPSession, Page, Route } from '@playwright/test'

/**
 * Stands in for the `electron` module, so that the real built main and preload run where no Electron binary can be had: the window is a
 * Chromium page, the preload runs in a world of its own, `protocol.handle` feeds the page with the app's real headers. It knows only
 * what main uses; anything else throws. A green run is not «works in Electron»: see docs/architecture.md.
 */
export interface StandIn {
  /** What `import … from 'electron'` gives to main. */
  module: Record<string, unknown>
  app: FakeApp
  ipcMain: EventEmitter
  /** Resolves when the window has loaded its page. */
  page(): Promise<Page>
  window(): FakeWindow
  /** What Electron would do with a permission a page asks for; its default is to allow. */
  asks(permission: string): boolean
  /** What the program's own protocol answers. */
  serve(url: string): Promise<Response>
  errors: string[]
  /** Notifications of the system that were shown; `emit('click')` presses one. */
  notices: Array<EventEmitter & { options: { title: string; body: string } }>
}

/** Chromium refuses schemes it does not know; the page lives at this origin and main sees app://daftar. */
const PUBLIC = 'https://daftar.test'
const inside = (url: string) =>
  url === PUBLIC || url.startsWith(`${PUBLIC}/`) ? `app://daftar${url.slice(PUBLIC.length)}` : url
const outside = (url: string) => url.replace(/^app:\/\/daftar/, PUBLIC)

/** Makes unknown names an error instead of undefined, so that main cannot use what is not stood in for. */
function strict<T extends object>(name: string, target: T): T {
  return new Proxy(target, {
    get(object, key, receiver) {
      if (typeof key === 'string' && !(key in object) && key !== 'then')
        throw new Error(`${name}.${key} is not stood in for`)
      return Reflect.get(object, key, receiver)
    },
  })
}

type Preventable = { url: string; preventDefault(): void }
const preventable = (url: string) => {
  const state = { prevented: false }
  return { state, event: { url, preventDefault: () => (state.prevented = true) } satisfies Preventable }
}

export class FakePort extends EventEmitter {
  sent: unknown[] = []
  closed = false
  #started = false
  #waiting: unknown[] = []
  deliver: (data: unknown) => void = (data) => void this.sent.push(data)
  postMessage(data: unknown) {
    this.deliver(data)
  }
  /** From the page: held back until start(), as Electron does. */
  receive(data: unknown) {
    if (this.#started) this.emit('message', { data })
    else this.#waiting.push(data)
  }
  start() {
    this.#started = true
    for (const data of this.#waiting.splice(0)) this.emit('message', { data })
  }
  close() {
    if (this.closed) return
    this.closed = true
    this.emit('close')
  }
}

class FakeApp extends EventEmitter {
  quits = 0
  exits: number[] = []
  sandboxed = false
  holdsLock = true
  paths: Record<string, string> = { appData: '/nowhere' }
  enableSandbox() {
    this.sandboxed = true
  }
  requestSingleInstanceLock() {
    return this.holdsLock
  }
  async whenReady() {}
  getPath(name: string) {
    return this.paths[name]
  }
  modelId = ''
  setAppUserModelId(id: string) {
    this.modelId = id
  }
  setPath(name: string, path: string) {
    this.paths[name] = path
  }
  quit() {
    this.quits++
    const { state, event } = preventable('')
    this.emit('will-quit', event)
    if (!state.prevented) this.emit('quit')
  }
  exit(code: number) {
    this.exits.push(code)
  }
}

export interface FakeWindow extends EventEmitter {
  shown: boolean
  focused: number
  options: { webPreferences: Record<string, unknown> }
}

// Runs in the page's own world: makes what contextBridge exposes.
const MAIN_WORLD = `addEventListener('stand-in:expose', (e) => { const { key, value } = JSON.parse(e.detail); window[key] = Object.freeze(value) })`

// Runs in the preload's world, around the preload. Its only module is electron: a sandboxed preload has no Node.
const preloadWorld = (code: string) => `(() => {
  const ports = new Map(); let last = 0
  const send = (message) => standInBinding(JSON.stringify(message))
  const pack = (data) => typeof data === 'string' ? { text: data } : { bytes: btoa(String.fromCharCode(...new Uint8Array(data.buffer ?? data))) }
  globalThis.standInDeliver = (id, { text, bytes }) => ports.get(id)?.postMessage(text ?? Uint8Array.from(atob(bytes), (c) => c.charCodeAt(0)))
  const electron = {
    contextBridge: { exposeInMainWorld: (key, value) => dispatchEvent(new CustomEvent('stand-in:expose', { detail: JSON.stringify({ key, value }) })) },
    ipcRenderer: { postMessage(channel, message, transfer = []) {
      const ids = transfer.map((port) => { const id = ++last; ports.set(id, port); port.onmessage = (e) => send({ port: id, ...pack(e.data) }); return id })
      send({ channel, message, ids })
    } },
  }
  const require = (name) => { if (name !== 'electron') throw new Error('a sandboxed preload has no ' + name); return electron }
  const module = { exports: {} };
  (function (require, module, exports, process, Buffer) { ${code}\n })(require, module, module.exports)
})()`

export function standIn(context: BrowserContext): StandIn {
  const app = new FakeApp()
  const ipcMain = new EventEmitter()
  const errors: string[] = []
  const notices: StandIn['notices'] = []
  let handler: ((request: Request) => Promise<Response>) | null = null
  let ask: ((contents: unknown, permission: string, answer: (ok: boolean) => void) => void) | null = null
  let privileged = false
  let made: Window | null = null
  let loaded: (page: Page) => void = () => {}
  const ready = new Promise<Page>((resolve) => {
    loaded = resolve
  })

  class Contents extends EventEmitter {
    opens: (details: { url: string }) => { action: string } = () => ({ action: 'allow' })
    setWindowOpenHandler(handler: typeof this.opens) {
      this.opens = handler
    }
  }

  class Window extends EventEmitter implements FakeWindow {
    shown = false
    focused = 0
    webContents = strict('webContents', new Contents())
    options: FakeWindow['options']
    constructor(options: FakeWindow['options']) {
      super()
      this.options = options
      const { sandbox, contextIsolation, nodeIntegration, webSecurity } = options.webPreferences
      if (sandbox !== true || contextIsolation === false || nodeIntegration === true || webSecurity === false) {
        throw new Error('an unsafe window')
      }
      if (!app.sandboxed || !privileged) throw new Error('a window before the sandbox and the scheme')
      made = this
      app.emit('web-contents-created', {}, this.webContents)
    }
    show() {
      this.shown = true
    }
    focus() {
      this.focused++
    }
    isMinimized() {
      return false
    }
    #page: Page | null = null
    async loadURL(url: string) {
      try {
        // Elsewhere in what is shown already.
        if (this.#page) return void (await this.#page.goto(outside(url)))
        const page = await context.newPage()
        this.#page = page
        page.on('console', (message) => message.type() === 'error' && errors.push(message.text()))
        page.on('pageerror', (error) => errors.push(String(error)))
        await installPreload(page, String(this.options.webPreferences.preload))
        await page.route('**/*', (route) => this.#answer(route, page))
        context.on('page', (popup) => {
          if (this.webContents.opens({ url: popup.url() }).action === 'deny') void popup.close()
        })
        await page.goto(outside(url))
        this.emit('ready-to-show')
        loaded(page)
      } catch (error) {
        errors.push(String(error))
      }
    }
    async #answer(route: Route, page: Page) {
      const request = route.request()
      const url = inside(request.url())
      if (request.isNavigationRequest() && request.frame() === page.mainFrame() && page.url() !== 'about:blank') {
        const { state, event } = preventable(url)
        this.webContents.emit('will-navigate', event)
        if (state.prevented) return route.abort('aborted')
      }
      if (!url.startsWith('app://')) return route.fulfill({ status: 200, contentType: 'text/html', body: 'elsewhere' })
      try {
        const answer = await handler!(new Request(url, { method: request.method() }))
        const body = Buffer.from(await answer.arrayBuffer())
        await route.fulfill({ status: answer.status, headers: Object.fromEntries(answer.headers), body })
      } catch (error) {
        errors.push(String(error))
        await route.abort()
      }
    }
  }

  async function installPreload(page: Page, path: string) {
    if (!path.endsWith('.cjs')) throw new Error('a sandboxed preload must be CommonJS')
    const cdp: CDPSession = await context.newCDPSession(page)
    const ports = new Map<string, FakePort>()
    await cdp.send('Page.enable')
    await cdp.send('Runtime.enable')
    await cdp.send('Runtime.addBinding', { name: 'standInBinding', executionContextName: 'preload' })
    await cdp.send('Page.addScriptToEvaluateOnNewDocument', { source: MAIN_WORLD })
    const source = preloadWorld(readFileSync(path, 'utf8'))
    await cdp.send('Page.addScriptToEvaluateOnNewDocument', { source, worldName: 'preload' })
    cdp.on('Runtime.exceptionThrown', ({ exceptionDetails }) =>
      errors.push(exceptionDetails.exception?.description ?? exceptionDetails.text),
    )
    cdp.on('Runtime.bindingCalled', ({ payload, executionContextId }) => {
      const message = JSON.parse(payload) as {
        port?: number
        text?: string
        bytes?: string
        channel?: string
        message?: unknown
        ids?: number[]
      }
      const key = (id: number) => `${executionContextId}:${id}`
      if (message.port !== undefined) {
        const data = message.text ?? new Uint8Array(Buffer.from(message.bytes ?? '', 'base64'))
        return void ports.get(key(message.port))?.receive(data)
      }
      const made = (message.ids ?? []).map((id) => {
        const port = new FakePort()
        port.deliver = (data) => {
          const packed =
            typeof data === 'string' ? { text: data } : { bytes: Buffer.from(data as Uint8Array).toString('base64') }
          const expression = `standInDeliver(${id}, ${JSON.stringify(packed)})`
          cdp.send('Runtime.evaluate', { expression, contextId: executionContextId }).catch(() => {})
        }
        ports.set(key(id), port)
        return port
      })
      ipcMain.emit(
        message.channel!,
        { ports: made, senderFrame: { url: inside(page.url()), parent: null } },
        message.message,
      )
    })
  }

  class Notice extends EventEmitter {
    static isSupported = () => true
    options: { title: string; body: string }
    constructor(options: { title: string; body: string }) {
      super()
      this.options = options
    }
    show() {
      notices.push(this)
    }
  }

  const session = strict('session', {
    setPermissionRequestHandler: (handler: typeof ask) => {
      ask = handler
    },
    setPermissionCheckHandler: () => {},
    setDevicePermissionHandler: () => {},
  })
  const module = {
    app: strict('app', app),
    BrowserWindow: Window,
    Notification: Notice,
    // As on a PC without a keyring.
    safeStorage: strict('safeStorage', {
      getSelectedStorageBackend: () => 'basic_text',
      isEncryptionAvailable: () => false,
    }),
    ipcMain,
    protocol: strict('protocol', {
      registerSchemesAsPrivileged: (schemes: Array<{ scheme: string }>) => {
        privileged = schemes.some(({ scheme }) => scheme === 'app')
      },
      handle: (_scheme: string, handle: typeof handler) => {
        handler = handle
      },
    }),
    session: { defaultSession: session },
    shell: strict('shell', { openPath: async () => '' }),
    dialog: strict('dialog', { showErrorBox: (...words: string[]) => void errors.push(words.join(': ')) }),
  }
  return {
    module,
    app,
    ipcMain,
    errors,
    notices,
    page: () => ready,
    window: () => made!,
    serve: (url) => handler!(new Request(url)),
    asks(permission) {
      let answer = true
      ask?.({}, permission, (ok) => {
        answer = ok
      })
      return answer
    },
  }
}

/** Runs a fresh copy of a built main with the stand-in as its `electron`, as a start of the program with these arguments. */
export async function runMain(main: URL, electron: StandIn, args: string[]): Promise<void> {
  const holder = globalThis as unknown as { standIns?: Map<string, unknown> }
  holder.standIns ??= new Map()
  const key = String(holder.standIns.size + 1)
  holder.standIns.set(key, electron.module)
  const names = Object.keys(electron.module)
  const source = `const e = globalThis.standIns.get('${key}'); ${names.map((name) => `export const ${name} = e.${name}`).join(';')}`
  const hooks = registerHooks({
    resolve(specifier, context, next) {
      if (specifier === 'electron')
        return { url: `data:text/javascript,${encodeURIComponent(source)}`, shortCircuit: true }
      return next(specifier, context)
    },
  })
  const before = process.argv
  process.argv = [before[0]!, ...args]
  try {
    // Past the test runner's own loader: what ships is imported as it is.
    const importModuleDynamically = constants.USE_MAIN_CONTEXT_DEFAULT_LOADER
    const load = runInThisContext('(url) => import(url)', { importModuleDynamically }) as (
      url: string,
    ) => Promise<unknown>
    await load(`${main.href}?start=${key}`)
  } finally {
    process.argv = before
    hooks.deregister()
  }
}
