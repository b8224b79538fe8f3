import { render } from "solid-js/web"
import { LandingPage } from "./LandingPage.js"

const root = document.getElementById("page")
if (root !== null) render(() => <LandingPage />, root)
