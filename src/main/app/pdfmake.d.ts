// What the package's own declarations leave out: its program for Node, by the file that no bundler takes for a browser's.
declare module 'pdfmake/js/index.js' {
  import type { TDocumentDefinitions } from 'pdfmake/interfaces.js'

  const pdfmake: {
    virtualfs: { writeFileSync(name: string, content: Buffer): void }
    setFonts(fonts: Record<string, Record<string, string>>): void
    setLocalAccessPolicy(may: (file: string) => boolean): void
    setUrlAccessPolicy(may: (url: string) => boolean): void
    createPdf(definition: TDocumentDefinitions): { getBuffer(): Promise<Buffer> }
  }
  export = pdfmake
}

declare module 'pdfmake/build/vfs_fonts.js' {
  /** Files in base64, by their names. */
  const fonts: Record<string, string>
  export = fonts
}
