// Opens a page in the person's browser, where there is a person and a display; quietly nothing otherwise.
import { spawn } from 'node:child_process'

export function openInBrowser(url: string): void {
  if (!process.stderr.isTTY) return
  const opener = openerFor(process.platform)
  if (opener === null) return
  const child = spawn(opener, [url], { stdio: 'ignore', detached: true })
  child.on('error', () => undefined)
  child.unref()
}

function openerFor(platform: NodeJS.Platform): string | null {
  switch (platform) {
    case 'darwin':
      return 'open'
    case 'win32':
      return 'explorer.exe'
    default:
      return process.env.DISPLAY || process.env.WAYLAND_DISPLAY ? 'xdg-open' : null
  }
}
