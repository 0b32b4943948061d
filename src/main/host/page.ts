// The built page as files with the right headers, for the HTTP server of `serve` and for the window's own protocol alike.
import { randomBytes } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'

export type PageReply = { status: number; headers: Record<string, string>; body: Buffer }

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
}

/** `pathname` as it stands in the address. What is no file of the page, and looks like none, is the page itself. */
export function servePage(webFolder: string, pathname: string): PageReply {
  if (pathname === '/' || pathname === '/index.html' || path.extname(pathname) === '') return shell(webFolder)
  const file = path.join(webFolder, path.normalize(decoded(pathname)))
  const type = TYPES[path.extname(file)]
  if (!file.startsWith(webFolder + path.sep) || type === undefined || !fs.existsSync(file)) {
    return {
      status: 404,
      headers: { ...SAFE, 'Content-Type': 'text/plain; charset=utf-8' },
      body: Buffer.from('There is no such page.\n'),
    }
  }
  // Names under assets/ carry a hash of their content.
  const cache = pathname.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache'
  return {
    status: 200,
    headers: { ...SAFE, 'Content-Type': type, 'Cache-Control': cache },
    body: fs.readFileSync(file),
  }
}

const SAFE = {
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
}

/** The bare page: a title, no data. The nonce is for the few style elements that dialogs add; scripts come from files only. */
function shell(webFolder: string): PageReply {
  const nonce = randomBytes(16).toString('base64url')
  const html = fs.readFileSync(path.join(webFolder, 'index.html'), 'utf8').replaceAll('__CSP_NONCE__', nonce)
  const policy = [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ]
  return {
    status: 200,
    headers: {
      ...SAFE,
      'Content-Type': TYPES['.html'] ?? '',
      'Cache-Control': 'no-store',
      'Content-Security-Policy': policy.join('; '),
    },
    body: Buffer.from(html),
  }
}

function decoded(pathname: string): string {
  try {
    return decodeURIComponent(pathname)
  } catch {
    return pathname
  }
}
