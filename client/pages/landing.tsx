import { LandingPage } from "./LandingPage.js"
import { show } from "./show.js"

void show(() => <LandingPage />)
