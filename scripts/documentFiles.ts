import { readFile } from "node:fs/promises"
import { createRequire } from "node:module"
import type { Plugin } from "vite"

const swagger = createRequire(import.meta.url)
const swaggerUi = (file: string) => swagger.resolve(`swagger-ui-dist/${file}`)

/** The files served in addition to the pages and `client/public/`: the OpenAPI document, and Swagger UI to show it. */
const files = [
  { path: "openapi.json", type: "application/json", source: new URL("../spec/openapi.json", import.meta.url) },
  { path: "docs/swagger-ui-bundle.js", type: "text/javascript", source: swaggerUi("swagger-ui-bundle.js") },
  { path: "docs/swagger-ui.css", type: "text/css", source: swaggerUi("swagger-ui.css") },
  { path: "docs/favicon-32x32.png", type: "image/png", source: swaggerUi("favicon-32x32.png") }
] as const

/** `files` by the paths that a browser requests. */
const served = new Map<string, (typeof files)[number]>(files.map((file) => [`/${file.path}`, file]))

/** Adds these files to the assets of the build and of the development server. */
export const documentFiles = (): Plugin => ({
  name: "document-files",
  applyToEnvironment: (environment) => environment.name === "client",
  async generateBundle() {
    for (const { path, source } of files) {
      this.emitFile({ type: "asset", fileName: path, source: await readFile(source) })
    }
  },
  configureServer(server) {
    server.middlewares.use((request, response, next) => {
      const file = served.get(new URL(request.url ?? "/", "http://localhost").pathname)
      if (file === undefined) return next()
      readFile(file.source).then((body) => {
        response.setHeader("Content-Type", file.type)
        response.setHeader("Access-Control-Allow-Origin", "*")
        response.end(body)
      }, next)
    })
  }
})
