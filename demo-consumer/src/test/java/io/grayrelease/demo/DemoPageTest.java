package io.grayrelease.demo;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.support.ui.WebDriverWait;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * The demo with its HTTP front, asked by a client and by a browser. The property {@code demo.screen} names a file for a picture
 * of the page.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DemoPageTest {
    private static final Pattern PAGE = Pattern.compile("The page: (http://127\\.0\\.0\\.1:\\d+/)");
    private static final String POLICY =
            """
            gray.switch = on
            gray.list.testers = 70, 42
            gray.rule.1-testers = uid in @testers => both-v2
            gray.rule.2-cookie = cookie["beta"] == "yes" => both-v2
            gray.rule.3-header = header["x-env"] == "beta" => order-v2
            gray.rule.4-share = uid % 100 < 10 => order-v2
            gray.route.order-v2 = io.grayrelease.demo.api.OrderService:2.0.0
            gray.route.both-v2 = io.grayrelease.demo.api.OrderService:2.0.0, stock:2.0.0
            """;

    private final HttpClient http = HttpClient.newHttpClient();
    private Process demo;
    private String page;
    private String policyFile;

    @BeforeAll
    void start(@TempDir Path folder) throws IOException {
        Path policy = Files.writeString(folder.resolve("policy & co.properties"), POLICY);
        policyFile = policy.toString();
        Path output = folder.resolve("output");
        demo = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Djava.io.tmpdir=" + Files.createDirectory(folder.resolve("tmp")),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Demo.class.getName(),
                        "--http-port",
                        "0",
                        "--policy-file",
                        policy.toString())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        await().atMost(Duration.ofMinutes(2))
                .untilAsserted(() -> assertThat(output).content().contains("in force"));
        Matcher found = PAGE.matcher(Files.readString(output));
        assertThat(found.find()).as(Files.readString(output)).isTrue();
        page = found.group(1);
        await().atMost(Duration.ofMinutes(1))
                .until(() -> order("x-uid", "70").contains(gray("order") + "," + gray("stock")));
        await().atMost(Duration.ofMinutes(1)).until(() -> order("x-uid", "50").contains("\"version\":\"1.0.0\""));
    }

    private static String gray(String service) {
        return "{\"service\":\"" + service + "\",\"version\":\"2.0.0\",\"tag\":\"both-v2\"}";
    }

    @AfterAll
    void stop() {
        if (demo != null) {
            demo.destroy();
        }
    }

    @Test
    void thePageSaysWhereThePolicyIs() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(page)).build();
        String html = http.send(request, BodyHandlers.ofString()).body();
        assertThat(html).contains("policy &amp; co.properties");
        assertThat(html.replace("&#47;", "/").replace("&amp;", "&"))
                .contains("Policy: send a request to see it. Change it in " + policyFile + ", save");
    }

    private String order(String... headers) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(page + "order"))
                .headers(headers)
                .build();
        return http.send(request, BodyHandlers.ofString()).body();
    }

    @Test
    void theEntryDecides_andTheCallsCarry() throws Exception {
        assertThat(order("x-uid", "50", "cookie", "beta=yes")).contains(gray("order"), gray("stock"));
        assertThat(order("x-uid", "50", "x-env", "beta"))
                .contains("\"service\":\"order\",\"version\":\"2.0.0\",\"tag\":\"order-v2\"")
                .contains("\"service\":\"stock\",\"version\":\"1.0.0\",\"tag\":\"order-v2\"");
        assertThat(order("x-uid", "50", "x-gray-tag", "both-v2"))
                .contains("\"tag\":\"-\"")
                .doesNotContain("2.0.0");
    }

    @Test
    void nothingElseIsThere() throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(page + "WEB-INF/web.xml")).build();
        assertThat(http.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(404);
    }

    /** In a real Chromium, where the machine has one. */
    @Nested
    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    class Browser {
        private ChromeDriver browser;

        @BeforeAll
        void open(@TempDir Path profile) {
            Optional<File> chromium = onPath("chromium");
            Optional<File> driver = onPath("chromedriver");
            assumeTrue(chromium.isPresent() && driver.isPresent(), "needs chromium and chromedriver");
            ChromeOptions options = new ChromeOptions();
            options.setBinary(chromium.get());
            options.addArguments(
                    "--headless=new",
                    "--no-sandbox",
                    "--disable-gpu",
                    "--disable-quic",
                    "--no-first-run",
                    "--disable-background-networking",
                    "--disable-component-update",
                    "--disable-sync",
                    "--user-data-dir=" + profile);
            browser = new ChromeDriver(
                    new ChromeDriverService.Builder()
                            .usingDriverExecutable(driver.get())
                            .usingAnyFreePort()
                            .build(),
                    options);
            browser.manage().window().setSize(new Dimension(1160, 820));
        }

        @AfterAll
        void close() {
            if (browser != null) {
                browser.quit();
            }
        }

        @BeforeEach
        void load() {
            browser.get(page);
        }

        @Test
        void aTesterIsInTheGrayColumn_andOthersAreNot() {
            send("70", "", "");
            awaitText("#gray .requests", "1");
            assertThat(text("#gray .chain")).isEqualTo("consumer entry → order 2.0.0 → stock 2.0.0");
            assertThat(text("#gray .of")).isEqualTo("Last: uid 70, tag both-v2");
            assertThat(text("#baseline .requests")).isEqualTo("0");

            send("50", "", "");
            awaitText("#baseline .requests", "1");
            assertThat(text("#baseline .chain")).isEqualTo("consumer entry → order 1.0.0 → stock 1.0.0");
        }

        @Test
        void aCookieAndAHeaderDecide() {
            send("50", "beta=yes", "");
            awaitText("#gray .of", "Last: uid 50, cookie beta=yes, tag both-v2");

            send("50", "", "x-env: beta");
            awaitText("#gray .of", "Last: uid 50, header x-env: beta, tag order-v2");
            assertThat(text("#gray .chain")).isEqualTo("consumer entry → order 2.0.0 → stock 1.0.0");

            send("50", "", "");
            awaitText("#baseline .of", "Last: uid 50, no tag");
        }

        @Test
        void aForgedTagIsBaseline() {
            send("50", "", "x-gray-tag: both-v2");
            awaitText("#baseline .of", "Last: uid 50, header x-gray-tag: both-v2, no tag");
            assertThat(text("#gray .requests")).isEqualTo("0");
        }

        @Test
        void aThousandUsers_arePercents() throws IOException {
            browser.findElement(By.id("many")).click();
            awaitText("#state", "1,000 users sent.");
            // The share takes the first 10 of each 100; the testers are the only ones on the new stock.
            assertThat(count("#gray", "order 2.0.0")).isEqualTo(102);
            assertThat(count("#gray", "stock 2.0.0")).isEqualTo(2);
            assertThat(count("#gray", "stock 1.0.0")).isEqualTo(100);
            assertThat(count("#baseline", "order 1.0.0")).isEqualTo(898);
            assertThat(count("#baseline", "stock 1.0.0")).isEqualTo(898);
            assertThat(text("#baseline")).doesNotContain("2.0.0");
            String picture = System.getProperty("demo.screen");
            if (picture != null) {
                Files.write(Path.of(picture), browser.getScreenshotAs(OutputType.BYTES));
            }
        }

        @Test
        void whatIsWritten_isNeverMarkup_andMistakesAreTold() {
            send("<b id=x>7</b>", "", "");
            awaitText("#baseline .of", "Last: uid <b id=x>7</b>, no tag");
            assertThat(browser.findElements(By.id("x"))).isEmpty();

            send("70", "", "no colon");
            awaitText("#state", "Header: found \"no colon\", expected name: value");
        }

        private void send(String uid, String cookie, String header) {
            new WebDriverWait(browser, Duration.ofSeconds(30))
                    .until(driver -> driver.findElement(By.id("send")).isEnabled());
            write("uid", uid);
            write("cookie", cookie);
            write("header", header);
            browser.findElement(By.id("send")).click();
        }

        private void write(String field, String text) {
            WebElement input = browser.findElement(By.id(field));
            input.clear();
            input.sendKeys(text);
        }

        private void awaitText(String selector, String text) {
            new WebDriverWait(browser, Duration.ofSeconds(60))
                    .withMessage(() -> selector + " with " + text + ", found " + text(selector))
                    .until(driver -> text(selector).startsWith(text));
        }

        /** In one look: the page may draw anew between two. */
        private String text(String selector) {
            return String.valueOf(
                            browser.executeScript("return document.querySelector(arguments[0]).innerText", selector))
                    .replaceAll("\\s+", " ")
                    .trim();
        }

        private int count(String column, String version) {
            return browser.findElements(By.cssSelector(column + " tr[data-version='" + version + "']")).stream()
                    .mapToInt(row -> Integer.parseInt(row.getDomAttribute("data-count")))
                    .sum();
        }

        private static Optional<File> onPath(String program) {
            return Arrays.stream(System.getenv("PATH").split(Pattern.quote(File.pathSeparator), -1))
                    .map(folder -> new File(folder, program))
                    .filter(File::canExecute)
                    .findFirst();
        }
    }
}
