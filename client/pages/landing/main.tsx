import { mount } from "../../app/mount.js"
import { LandingPage } from "./LandingPage.js"

void mount(() => <LandingPage />)
