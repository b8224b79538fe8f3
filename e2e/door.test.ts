/// <reference lib="dom" />
import { expect, test } from "./fixtures.js"
import { openGuest, openHost } from "./people.js"

test("Leave asks first: the room is kept for a host who leaves, and free after an end for all", async ({
  open,
  room,
  server
}) => {
  const host = await openHost(open, server.url, room)
  const ada = await openGuest(open, server.url, room, "Ada")
  await host.sees("Ada")
  await host.button("Record").click()
  await host.page.getByText("Recording, 0:0").waitFor()

  await host.button("Leave").click()
  const question = host.page.getByRole("dialog", { name: "Leave the conference?" })
  await question.getByText("A recording is running. It ends now, and is kept in this browser.").waitFor()
  await question.getByRole("button", { name: "Cancel" }).click()
  await question.waitFor({ state: "hidden" })
  await host.sees("Ada")

  await host.goAway()
  await host.page.getByText("You have left; the room is kept").waitFor()
  await host.page.getByRole("heading", { name: "Recordings in this browser" }).waitFor()
  await ada.page.getByRole("status").getByText("The host has left").waitFor()
  await host.button("Start Listening").click()
  await host.sees("Ada")

  await host.end()
  await host.page.getByText("The conference has ended").waitFor()
  await ada.page.getByRole("status").getByText("This conference has ended").waitFor()
})

test("single keys act on the page alone, are listed, and can be silenced", async ({ open, room, server }) => {
  const host = await openHost(open, server.url, room)
  const { keyboard } = host.page
  const chat = host.page.getByRole("region", { name: "Chat" })
  const field = chat.getByLabel("Message to everyone")

  // Who opens the chat writes at once, and everything that is typed is text.
  await keyboard.press("c")
  await keyboard.type("mvcp?")
  expect(await field.inputValue()).toBe("mvcp?")
  // Nor do they act beside the field, where the panel itself has the focus.
  await chat.getByRole("button", { name: "Close" }).focus()
  for (const key of "mvp?") await keyboard.press(key)
  await host.page.getByRole("log").focus()
  for (const key of "mvp?") await keyboard.press(key)
  expect(await host.page.getByRole("dialog").count()).toBe(0)
  for (const name of ["Unmute", "Start video"]) await host.button(name).waitFor()
  await keyboard.press("Escape")
  await chat.waitFor({ state: "detached" })

  // Escape closes a panel from anywhere, and the focus is back on the button that opened it.
  await host.button("Chat").click()
  await field.waitFor()
  expect(await field.evaluate((element) => element === document.activeElement)).toBe(true)
  await host.button("Record").focus()
  await keyboard.press("Escape")
  await chat.waitFor({ state: "detached" })
  await host.button("Chat").click()
  await keyboard.press("Escape")
  await chat.waitFor({ state: "detached" })
  expect(await host.button("Chat").evaluate((element) => element === document.activeElement)).toBe(true)

  // The name of a button is seen by who is at it with the keyboard, with its key.
  await keyboard.press("Tab")
  await keyboard.press("Shift+Tab")
  await host.page.getByText("Chat (C)", { exact: true }).waitFor()

  await keyboard.press("?")
  const list = host.page.getByRole("dialog", { name: "Keyboard shortcuts" })
  await list.getByText("Mute or unmute your microphone").waitFor()
  await keyboard.press("m")
  await list.getByLabel("Single keys act").click()
  await keyboard.press("Escape")
  await list.waitFor({ state: "hidden" })
  await keyboard.press("m")
  await keyboard.press("?")
  await host.panel("Settings")
  await host.button("Keyboard shortcuts").click()
  await list.getByLabel("Single keys act").click()
  await keyboard.press("Escape")
  await host.button("Unmute").waitFor()
})
