import { show } from "../../app/mount.js"
import { LandingPage } from "./LandingPage.js"

void show(() => <LandingPage />)
