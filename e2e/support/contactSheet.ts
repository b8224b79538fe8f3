import { writeFile } from "node:fs/promises"
import { join } from "node:path"
import type { Browser } from "playwright-core"

/** One state in all its variants: the files of the pictures, by the variant's name. */
export interface Row {
  readonly name: string
  readonly files: ReadonlyMap<string, string>
}

const style = `
body { margin: 24px; font: 14px system-ui; background: #8a8f94; color: #000 }
h2 { margin: 24px 0 8px; font-size: 18px }
section { display: flex; gap: 16px; align-items: flex-start }
figure { margin: 0 } figcaption { padding-block-end: 4px }
img { display: block; height: 420px; max-width: 700px; object-fit: contain; object-position: top left }
`

/** Puts all pictures of one page side by side, as `sheet-<page>.html` and `.png` of the directory. */
export const makeContactSheet = async (browser: Browser, directory: string, page: string, rows: ReadonlyArray<Row>) => {
  const figures = ({ files }: Row) =>
    [...files].map(([variant, file]) => `<figure><figcaption>${variant}</figcaption><img src="${file}"></figure>`)
  const body = rows.map((row) => `<h2>${row.name}</h2><section>${figures(row).join("")}</section>`)
  const file = join(directory, `sheet-${page}`)
  await writeFile(
    `${file}.html`,
    `<!doctype html><meta charset="utf-8"><title>${page}</title><style>${style}</style>${body.join("\n")}`
  )
  const sheet = await browser.newPage({ viewport: { width: 2000, height: 1000 } })
  await sheet.goto(`file://${file}.html`)
  await sheet.screenshot({ path: `${file}.png`, fullPage: true })
  await sheet.close()
}
