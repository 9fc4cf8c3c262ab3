import { spawn } from 'node:child_process'

/** Opens an address or a folder with what this PC opens it with. False when there is nothing to open it with. */
export function openWithSystem(target: string, platform = process.platform): Promise<boolean> {
  const [command, args] =
    platform === 'win32'
      ? (['rundll32', ['url.dll,FileProtocolHandler', target]] as const)
      : platform === 'darwin'
        ? (['open', [target]] as const)
        : (['xdg-open', [target]] as const)
  return new Promise((resolve) => {
    const child = spawn(command, args, { stdio: 'ignore', detached: true })
    child.once('error', () => resolve(false))
    child.once('spawn', () => resolve(true))
    child.unref()
  })
}
