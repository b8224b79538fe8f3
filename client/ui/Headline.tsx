import { type JSX, onMount } from "solid-js"

/**
 * The title of a page. If a press has removed the previous page, and with it the button that had the focus, the title
 * takes the focus, so that a screen reader goes on from here. A page that was just loaded leaves the focus alone.
 */
export const Headline = (props: { readonly class?: string | undefined; readonly children: JSX.Element }) => {
  const follow = (title: HTMLElement) => {
    onMount(() => {
      if (navigator.userActivation?.hasBeenActive && document.activeElement === document.body) {
        title.focus({ preventScroll: true })
      }
    })
  }
  return (
    <h1 ref={follow} class={props.class} tabindex="-1">
      {props.children}
    </h1>
  )
}
