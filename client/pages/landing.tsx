import { LandingPage } from "./LandingPage.js"
import { start } from "./start.js"

void start(() => <LandingPage />)
