// Runs before everything that an old Node could not even parse: so it is old JavaScript, and imports nothing.
var wanted = [20, 19]
var version = process.versions.node.split(".").map(Number)
if (version[0] < wanted[0] || (version[0] === wanted[0] && version[1] < wanted[1])) {
  process.stderr.write(
    "This needs Node " +
      wanted.join(".") +
      " or newer, but this is Node " +
      process.versions.node +
      ". Get a newer one at https://nodejs.org.\n"
  )
  process.exit(1)
}
