// A photo by the camera of this computer: opened for as long as the dialog is, and closed with it.
import { Camera } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { Button } from '../../components/button.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { Notice } from '../../components/notice.tsx'
import { photoWords as words } from '../../messages/photos-en.ts'
import { photoFromVideo } from '../../state/make-photo.ts'

type Props = { name: string; onTake: (jpeg: string) => void; onClose: () => void }

export function TakePhoto({ name, onTake, onClose }: Props) {
  const video = useRef<HTMLVideoElement>(null)
  const [sees, setSees] = useState(false)
  const [sentence, setSentence] = useState<string | null>(null)

  useEffect(() => {
    let stream: MediaStream | null = null
    let closed = false
    void openCamera().then((opened) => {
      if (typeof opened === 'string') return setSentence(opened)
      if (closed || video.current === null) return stop(opened)
      stream = opened
      video.current.srcObject = opened
      for (const track of opened.getTracks()) track.onended = () => setSentence(words.noCamera)
    })
    return () => {
      closed = true
      stop(stream)
    }
  }, [])

  function take(): void {
    const jpeg = video.current === null ? null : photoFromVideo(video.current)
    if (jpeg !== null) onTake(jpeg)
  }

  return (
    <Dialog open onClose={onClose} title={words.takeTitle(name)} about={words.takeAbout}>
      <div className="flex flex-col items-center gap-4">
        {sentence === null ? (
          <>
            <div className="relative size-64 overflow-hidden rounded-md bg-sunken">
              {!sees && (
                <p role="status" className="absolute inset-0 flex items-center justify-center text-14 text-ink-2">
                  {words.opening}
                </p>
              )}
              <video
                ref={video}
                autoPlay
                muted
                playsInline
                aria-label={words.seen}
                onLoadedData={() => setSees(true)}
                className="relative size-full object-cover"
              />
            </div>
            <Button rank="primary" disabled={!sees} onClick={take}>
              <Camera className="size-4" />
              {words.takeIt}
            </Button>
          </>
        ) : (
          <Notice tone="note" role="alert">
            {sentence}
          </Notice>
        )}
      </div>
    </Dialog>
  )
}

/** A sentence where there is none to be had. */
async function openCamera(): Promise<MediaStream | string> {
  // Browsers have none for pages that come over an open network.
  const devices = navigator.mediaDevices as MediaDevices | undefined
  if (devices === undefined) return words.noCamera
  try {
    return await devices.getUserMedia({ video: { width: { ideal: 640 }, height: { ideal: 640 } } })
  } catch (error) {
    const what = error instanceof DOMException ? error.name : ''
    if (what === 'NotAllowedError') return words.cameraDenied
    return what === 'NotReadableError' ? words.cameraBusy : words.noCamera
  }
}

function stop(stream: MediaStream | null): void {
  for (const track of stream?.getTracks() ?? []) track.stop()
}
