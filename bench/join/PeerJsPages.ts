import { once } from "node:events"
import { readFile } from "node:fs/promises"
import type { Server } from "node:http"
import { createRequire } from "node:module"
import type { AddressInfo } from "node:net"
import { PeerServer } from "peer"

/** The file of PeerJS for browsers. */
const script = createRequire(import.meta.url).resolve("peerjs/dist/peerjs.min.js")

/** The connection to the server and the camera are open before any press, as in our own lobby. */
const html = (role: string) => `<!doctype html>
<meta charset="utf-8" />
<title>${role}</title>
<script src="/peerjs.min.js"></script>
<video id="preview" muted autoplay></video>
<button disabled>Join</button>
<script type="module">
  const room = new URLSearchParams(location.search).get("room")
  const config = { iceServers: [{ urls: "stun:stun.cloudflare.com:3478" }] }
  const options = { host: location.hostname, port: Number(location.port), path: "/peer", config }
  const opened = (peer) => new Promise((resolve) => peer.on("open", resolve))
  const show = (stream) => {
    const video = document.createElement("video")
    Object.assign(video, { muted: true, autoplay: true, srcObject: stream })
    document.body.append(video)
    stream.addEventListener("inactive", () => video.remove())
    return video
  }
  if (${JSON.stringify(role)} === "host") {
    const peer = new Peer("host-" + room, options)
    peer.on("call", (call) => {
      let video
      call.on("stream", (stream) => { video ??= show(stream) })
      call.on("close", () => video?.remove())
      call.answer()
    })
  } else {
    const video = { width: { ideal: 1280 }, height: { ideal: 720 }, frameRate: { ideal: 30 } }
    const stream = await navigator.mediaDevices.getUserMedia({ audio: true, video })
    document.querySelector("#preview").srcObject = stream
    const peer = new Peer(options)
    await opened(peer)
    const button = document.querySelector("button")
    button.disabled = false
    button.onclick = () => peer.call("host-" + room, stream)
  }
</script>`

/** A minimal conference of PeerJS on a server of its own, with a WebSocket that is always open. */
export class PeerJsPages {
  private constructor(readonly server: Server) {}

  static async start(): Promise<PeerJsPages> {
    const code = await readFile(script, "utf8")
    return new Promise((resolve) => {
      const pages = PeerServer({ host: "127.0.0.1", port: 0, path: "/peer" }, (server) =>
        resolve(new PeerJsPages(server))
      )
      pages.get("/peerjs.min.js", (_, response) => void response.type("js").send(code))
      for (const role of ["host", "guest"]) pages.get(`/${role}`, (_, response) => void response.send(html(role)))
    })
  }

  /** The pages of one room. */
  product(room: string) {
    const { port }: AddressInfo = Object(this.server.address())
    const page = (role: string) => `http://localhost:${port}/${role}?room=${room}`
    return { host: page("host"), guest: page("guest") }
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections()
    this.server.close()
    await once(this.server, "close")
  }
}
