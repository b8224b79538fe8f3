import { execFile } from "node:child_process"
import { chmod, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { promisify } from "node:util"
import type { Browser } from "playwright-core"
import { launchThrough } from "../../e2e/support/browser.js"
import { findTool } from "../../e2e/support/tools.js"
import { Problem } from "../../scripts/Problem.js"

const execute = promisify(execFile)

/** Runs one command, whose words are separated by spaces. */
const run = async (command: string): Promise<void> => {
  const [program = "", ...words] = command.split(" ")
  await execute(program, words)
}

/** The prefix of all names here, so that what a crash left can be found and removed. */
const mark = "conf-bench"
/** This machine's address on the bridge. */
const gateway = "10.77.0.1"

/** Where one person sits: a network namespace with two links to the bridge, of which the first is up. */
export class Home {
  #link = 0

  private constructor(readonly number: number) {}

  get namespace(): string {
    return `${mark}-${this.number}`
  }

  static async build(number: number): Promise<Home> {
    const home = new Home(number)
    await run(`ip netns add ${home.namespace}`)
    for (const link of [0, 1]) {
      const outside = `${mark}-${number}${link}`
      await run(`ip link add ${outside} type veth peer name wan${link} netns ${home.namespace}`)
      await run(`ip link set ${outside} master ${mark} up`)
    }
    await home.#set("link set lo up")
    await home.#connect()
    return home
  }

  #set(words: string): Promise<void> {
    return run(`ip -n ${this.namespace} ${words}`)
  }

  async #connect(): Promise<void> {
    await this.#set(`addr add 10.77.${this.number}.${10 + this.#link}/16 dev wan${this.#link}`)
    await this.#set(`link set wan${this.#link} up`)
    // Browsers find their own address by the default route.
    await this.#set(`route add default via ${gateway} dev wan${this.#link}`)
  }

  /** Moves from one network to another, as from Wi-Fi to a cable: the address changes. */
  async roam(): Promise<void> {
    await this.#set(`addr flush dev wan${this.#link}`)
    await this.#set(`link set wan${this.#link} down`)
    this.#link = 1 - this.#link
    await this.#connect()
  }

  /**
   * Limits the outgoing rate, in kbit/s, with a queue of this many milliseconds at most. The queue is given in bytes,
   * because tc-tbf(8) adds the bucket's size to a latency.
   */
  narrow(rate: number, queue: number): Promise<void> {
    const limit = Math.round((rate * queue) / 8)
    return run(
      `tc -n ${this.namespace} qdisc replace dev wan${this.#link} root tbf rate ${rate}kbit burst 4kb limit ${limit}`
    )
  }

  widen(): Promise<void> {
    return run(`tc -n ${this.namespace} qdisc del dev wan${this.#link} root`)
  }

  /** A browser that is only on this network. `directory` is where the script that starts it is written. */
  async browser(directory: string, framesPerSecond: number): Promise<Browser> {
    const program = join(directory, this.namespace)
    await writeFile(program, `#!/bin/sh\nexec ip netns exec ${this.namespace} ${findTool("chromium")} "$@"\n`)
    await chmod(program, 0o755)
    return launchThrough(program, framesPerSecond)
  }
}

/** A network of two homes that reach each other, and this machine at `address`. Needs Linux, root, iproute2 and tbf. */
export class Bridge {
  readonly address = gateway

  private constructor(readonly homes: readonly [Home, Home]) {}

  static async build(): Promise<Bridge> {
    if (process.platform !== "linux" || process.getuid?.() !== 0) {
      throw new Problem("Networks of one's own need Linux and root. Run this part as root.")
    }
    await Bridge.#remove()
    await run(`ip link add ${mark} type bridge`)
    await run(`ip addr add ${gateway}/16 dev ${mark}`)
    await run(`ip link set ${mark} up`)
    return new Bridge([await Home.build(1), await Home.build(2)])
  }

  /** Removes what exists. Links first: a namespace keeps its own until its last process has ended. */
  static async #remove(): Promise<void> {
    const named = new RegExp(`^${mark}[-\\d]*`, "gm")
    const listed = async (what: string) => (await execute("ip", what.split(" "))).stdout.match(named) ?? []
    for (const link of await listed("-br link show")) await run(`ip link del ${link}`)
    for (const namespace of await listed("netns list")) await run(`ip netns del ${namespace}`)
  }

  remove(): Promise<void> {
    return Bridge.#remove()
  }
}
