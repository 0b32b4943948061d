// A paper as a PDF. The only file that knows how one is made; the package and its fonts are loaded with the first.
import type { Content, ContentTable, TableCell, TDocumentDefinitions } from 'pdfmake/interfaces.js'
import type { Paper, PaperCell, PaperPart } from '../domain/paper.ts'

/** The same bytes for the same paper. */
export async function pdfOf(paper: Paper): Promise<Buffer> {
  const [{ default: pdfmake }, { default: fonts }] = await Promise.all([
    import('pdfmake/js/index.js'),
    import('pdfmake/build/vfs_fonts.js'),
  ])
  for (const name of Object.values(FONT))
    pdfmake.virtualfs.writeFileSync(name, Buffer.from(fonts[name] ?? '', 'base64'))
  pdfmake.setFonts({ Roboto: FONT })
  // Names come from strangers, and nothing in a paper is an address.
  pdfmake.setLocalAccessPolicy((file) => Object.values(FONT).includes(file))
  pdfmake.setUrlAccessPolicy(() => false)
  return pdfmake.createPdf(definitionOf(paper)).getBuffer()
}

type Table = Extract<PaperPart, { part: 'table' }>

const FONT = { normal: 'Roboto-Regular.ttf', bold: 'Roboto-Medium.ttf' }
const QUIET = '#475569'
const LINE = '#cbd5e1'
/** Told apart in grey as well. */
const SHARES = ['#0f766e', '#f59e0b', '#7f1d1d']
/** In points: long sides of the pages, which lie across. */
const PAGE = { A4: 841.89, LETTER: 792 }
const EDGE = 36
const PADDING = 5
const BAR = { width: 230, height: 8 }

function definitionOf({ title, about, at, size, footer, parts }: Paper): TDocumentDefinitions {
  const made = new Date(at)
  return {
    info: { title, creationDate: made, modDate: made, producer: 'Latchkey', creator: 'Latchkey' },
    pageSize: size,
    pageOrientation: 'landscape',
    pageMargins: [EDGE, EDGE, EDGE, 44],
    defaultStyle: { font: 'Roboto', fontSize: 9, lineHeight: 1.15 },
    footer: (page, pages) => ({
      text: footer(page, pages),
      alignment: 'right',
      color: QUIET,
      fontSize: 8,
      margin: [EDGE, 12, EDGE, 0],
    }),
    content: [
      { text: title, fontSize: 18, bold: true },
      { text: about, color: QUIET, margin: [0, 2, 0, 6] },
      ...parts.flatMap((part) => partOf(part, PAGE[size] - 2 * EDGE)),
    ],
  }
}

function partOf(part: PaperPart, across: number): Content[] {
  switch (part.part) {
    case 'heading':
      return [
        {
          text: part.text,
          fontSize: 14,
          bold: true,
          margin: [0, part.newPage ? 0 : 8, 0, 4],
          ...(part.newPage ? { pageBreak: 'before' } : {}),
        },
      ]
    case 'text':
      return [{ text: part.text, margin: [0, 4, 0, 4] }]
    case 'table':
      return [{ stack: [tableOf(part, across)], margin: [0, 8, 0, 0], unbreakable: part.whole }]
  }
}

function tableOf({ title, about, columns, rows, sum }: Table, across: number): ContentTable {
  // A width that the package works out lets a long word run off the page; in one that is given it is broken.
  const given = columns.reduce((all, { width }) => all + (width === 'rest' ? 0 : width), 0)
  const rest = across - given - columns.length * 2 * PADDING + PADDING
  const cell = (content: PaperCell, index: number, bold = false): TableCell => {
    if (typeof content !== 'string') return barOf(content.bar)
    return { text: content, bold, alignment: columns[index]?.right ? 'right' : 'left' }
  }
  const heading: Content[] = [
    { text: title, fontSize: 11, bold: true },
    ...(about === null ? [] : [{ text: about, color: QUIET, fontSize: 8 }]),
  ]
  return {
    table: {
      headerRows: 2,
      keepWithHeaderRows: 1,
      dontBreakRows: true,
      widths: columns.map(({ width }) => (width === 'rest' ? rest : width)),
      body: [
        [{ stack: heading, colSpan: columns.length }, ...columns.slice(1).map(() => '')],
        columns.map(({ text, right }) => ({ text, color: QUIET, alignment: right ? 'right' : 'left' })),
        ...rows.map((row) => row.map((content, index) => cell(content, index))),
        ...(sum === null ? [] : [sum.map((content, index) => cell(content, index, true))]),
      ],
    },
    layout: {
      hLineWidth: (line) => (line < 2 ? 0 : 0.5),
      vLineWidth: () => 0,
      hLineColor: () => LINE,
      paddingLeft: (column) => (column === 0 ? 0 : PADDING),
      paddingRight: () => PADDING,
      paddingTop: () => 2,
      paddingBottom: () => 2,
    },
  }
}

function barOf(shares: readonly number[]): TableCell {
  let x = 0
  const canvas = shares.flatMap((share, index) => {
    const w = share * BAR.width
    x += w
    return w === 0 ? [] : [{ type: 'rect' as const, x: x - w, y: 2, w, h: BAR.height, color: SHARES[index] ?? QUIET }]
  })
  return canvas.length === 0 ? '' : { canvas }
}
