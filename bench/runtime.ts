import { execFile } from "node:child_process"
import { readFile } from "node:fs/promises"
import { promisify } from "node:util"

/** What the runtime, a child of this process, uses: memory in kB now, and CPU time so far in ms, of all threads. */
export const runtimeCost = async (): Promise<{ readonly rss: number; readonly cpu: number }> => {
  const { stdout } = await promisify(execFile)("ps", ["-A", "-o", "pid=,ppid=,rss=,comm="])
  const own = stdout
    .split("\n")
    .map((line) => line.trim().split(/\s+/))
    .filter(([, parent, , name]) => Number(parent) === process.pid && name?.startsWith("workerd"))
  const times = await Promise.all(own.map(([pid]) => readFile(`/proc/${pid}/stat`, "utf8")))
  return {
    rss: own.reduce((sum, [, , rss]) => sum + Number(rss), 0),
    // proc(5): fields 14 and 15, in ticks of 10 ms; the name, field 2, may have spaces.
    cpu: times.reduce((sum, stat) => {
      const [user, system] = stat
        .slice(stat.lastIndexOf(")") + 2)
        .split(" ")
        .slice(11, 13)
      return sum + (Number(user) + Number(system)) * 10
    }, 0)
  }
}
