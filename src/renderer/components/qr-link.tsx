// A page for somebody's own phone: as a code to scan, and as a link to copy.
import { QRCodeSVG } from 'qrcode.react'
import { useState } from 'react'
import { signUpWords as words } from '../messages/sign-up-en.ts'
import { Button } from './button.tsx'

export function QrLink({ url }: { url: string }) {
  const [copied, setCopied] = useState(false)
  return (
    <>
      <p className="text-14 text-ink-2">{words.showQr}</p>
      <span className="rounded-md bg-white p-3">
        <QRCodeSVG value={url} size={180} title={words.page} />
      </span>
      <Button size="small" onClick={() => void navigator.clipboard.writeText(url).then(() => setCopied(true))}>
        {copied ? words.copied : words.copyLink}
      </Button>
    </>
  )
}
