"""A headless Chromium for the checks of pages, driven by Selenium; both are optional."""

import json
import shutil
import tempfile
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome")
FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--window-size=1300,1000",
)
LOCAL = ("file:", "data:", "blob:", "about:", "chrome:", "chrome-extension:", "devtools:")


def missing():
    """What keeps a browser from starting here, in words; empty when nothing does."""
    try:
        import selenium  # noqa: F401
    except ImportError:
        return "the Python behind Jupyter has no selenium (pip install selenium)"
    if not any(shutil.which(name) for name in NAMES):
        return "there is no Chromium (apt-get install chromium)"
    if not shutil.which("chromedriver"):
        return "there is no chromedriver (apt-get install chromium-driver)"
    return ""


class Browser:
    """One browser with an empty profile of its own; a context manager that ends it."""

    def __init__(self, *flags):
        self.flags = flags

    def __enter__(self):
        from selenium import webdriver
        from selenium.webdriver.chrome.service import Service

        self.profile = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        options = webdriver.ChromeOptions()
        options.binary_location = next(path for name in NAMES if (path := shutil.which(name)))
        for flag in (*FLAGS, *self.flags, f"--user-data-dir={self.profile.name}"):
            options.add_argument(flag)
        options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
        self.driver = webdriver.Chrome(options, Service(shutil.which("chromedriver")))
        self.driver.set_page_load_timeout(120)
        self.driver.set_script_timeout(60)
        return self

    def __exit__(self, *failure):
        self.driver.quit()
        self.profile.cleanup()

    def errors(self):
        """What the console has shown as an error since the last call."""
        log = self.driver.get_log("browser")
        return [entry["message"] for entry in log if entry["level"] == "SEVERE"]

    def requests(self):
        """The addresses that were asked for since the last call and do not begin as LOCAL says."""
        asked = []
        for entry in self.driver.get_log("performance"):
            message = json.loads(entry["message"])["message"]
            if message["method"] == "Network.requestWillBeSent":
                asked.append(message["params"]["request"]["url"])
        return [url for url in asked if not url.startswith(LOCAL)]

    def broken_pictures(self):
        """The sources of the pictures on the page that did not load."""
        return self.driver.execute_script(
            "return [...document.images].filter(i => !(i.complete && i.naturalWidth > 0))"
            ".map(i => i.src.slice(0, 100))"
        )

    def dark(self, on):
        """Whether the page takes the reader to prefer dark colours."""
        feature = {"name": "prefers-color-scheme", "value": "dark" if on else "light"}
        self.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [feature]})

    def screenshot(self, path, height=None):
        """Saves what is seen, or the page from its top down to this height."""
        path = Path(path)
        path.parent.mkdir(parents=True, exist_ok=True)
        if height:
            self.driver.set_window_size(1300, height)
        self.driver.save_screenshot(str(path))


# The explorer's first picture as text: it changes when a slider has moved it.
CANVAS = """
const box = document.querySelector(".disentangle-explorer");
const canvas = box.querySelector("canvas");
if (canvas) { return canvas.toDataURL(); }
return [...box.querySelectorAll("img")].map(i => i.src).join("\\n");
"""
MOVE = """
const slider = document.querySelector(".disentangle-explorer input[type=range]");
slider.value = Number(slider.value) === Number(slider.max) ? slider.min : slider.max;
slider.dispatchEvent(new Event("input", {bubbles: true}));
slider.dispatchEvent(new Event("change", {bubbles: true}));
"""


def slider_moves_the_picture(driver):
    """Moves the first slider of the page's explorer; whether its picture changed within ten seconds."""
    from selenium.common.exceptions import TimeoutException
    from selenium.webdriver.support.ui import WebDriverWait

    before = driver.execute_script(CANVAS)
    driver.execute_script(MOVE)
    try:
        WebDriverWait(driver, 10).until(lambda d: d.execute_script(CANVAS) != before)
        return True
    except TimeoutException:
        return False
