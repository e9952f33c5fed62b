package dev.tandem.console;

import dev.tandem.admin.AdminGuard;
import dev.tandem.admin.AdminGuard.Person;
import dev.tandem.console.visit.Act;
import dev.tandem.console.visit.Asking;
import dev.tandem.console.visit.Language;
import dev.tandem.console.visit.Parts;
import dev.tandem.console.visit.Sessions;
import dev.tandem.console.visit.Sessions.Session;
import dev.tandem.console.visit.Visit;
import dev.tandem.operation.ServiceCommands;
import dev.tandem.operation.request.RequestRefused;
import dev.tandem.outcome.Defect;
import dev.tandem.outcome.OperationFailed;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The console's addresses: who may come in, and which page answers. */
final class Site {
    private static final Logger LOG = LoggerFactory.getLogger(Site.class);
    private static final String ALL = "/console/*";
    private static final String SESSION = "tandem-session";
    private static final String LANGUAGE = "tandem-language";
    private static final String ZONE = "tandem-zone";
    private static final String SIGN_IN = "/console/sign-in";
    private static final String HTML = "text/html; charset=utf-8";
    private static final long LARGEST_FORM = 64 * 1024;
    private static final long A_YEAR = Duration.ofDays(365).toSeconds();

    private final AdminGuard guard;
    private final ServiceCommands commands;
    private final boolean tls;
    private final Sessions sessions = new Sessions(System::nanoTime);
    private final Assets assets = new Assets();
    private final Frame frame = new Frame(assets);

    /** @param tls whether the port itself speaks it: then no cookie goes without */
    Site(AdminGuard guard, ServiceCommands commands, boolean tls) {
        this.guard = guard;
        this.commands = commands;
        this.tls = tls;
    }

    void mount(Router router) {
        router.route("/console").handler(exchange -> {
            // The router takes both for one.
            if (exchange.request().path().endsWith("/")) {
                exchange.next();
            } else {
                redirect(exchange, "/console/");
            }
        });
        router.route(ALL).handler(exchange -> {
            protect(exchange);
            guard.checkReach(exchange.request());
            exchange.next();
        });
        router.get(Assets.PATH + ":hash/:name").handler(this::asset);
        router.route(ALL).handler(BodyHandler.create(false).setBodyLimit(LARGEST_FORM));
        router.post(ALL).handler(exchange -> {
            checkOrigin(exchange.request());
            exchange.next();
        });
        router.get(SIGN_IN)
                .handler(exchange -> html(exchange, 200, SignInPage.of(visit(exchange, false), Optional.empty())));
        router.post(SIGN_IN).blockingHandler(this::signIn, false);
        router.post("/console/sign-out").handler(this::signOut);
        router.get("/console/language/:tag").handler(this::language);
        page(router, "/console/", OverviewPage::of);
        fragment(router, "/console/live", OverviewPage::live);
        page(router, "/console/dead-letters", DeadLettersPage::of);
        page(router, "/console/record", RecordPage::of);
        page(router, "/console/compare", ComparePage::of);
        fragment(router, "/console/compare/live", ComparePage::progressOf);
        page(router, "/console/journal", JournalView::of);
        page(router, "/console/configuration", ConfigurationPage::of);
        page(router, "/console/act", ConfirmPage::of);
        router.get("/console/journal.csv")
                .blockingHandler(
                        exchange -> within(exchange, true, asking -> {
                            exchange.response()
                                    .putHeader("Content-Type", "text/csv; charset=utf-8")
                                    .putHeader("Content-Disposition", "attachment; filename=\"tandem-journal.csv\"")
                                    .end(JournalCsv.of(asking));
                        }),
                        false);
        router.post("/console/act")
                .blockingHandler(exchange -> within(exchange, true, asking -> act(exchange, asking)), false);
        router.route(ALL).handler(exchange -> {
            throw new RequestRefused(404, "no-such-page", "there is nothing at this address");
        });
        router.route(ALL).failureHandler(this::failed);
    }

    private void page(Router router, String path, Function<Asking, Page> view) {
        router.get(path)
                .blockingHandler(
                        exchange -> within(
                                exchange, true, asking -> html(exchange, 200, view.apply(asking), asking.visit())),
                        false);
    }

    /** A part of a page that keeps itself fresh: nothing is sent if it is as the page has it. */
    private void fragment(Router router, String path, Function<Asking, Fragment> view) {
        router.get(path)
                .blockingHandler(
                        exchange -> within(exchange, false, asking -> {
                            Fragment fragment = view.apply(asking);
                            if (asking.field("seen")
                                    .filter(fragment.fingerprint()::equals)
                                    .isPresent()) {
                                exchange.response().setStatusCode(204).end();
                            } else {
                                exchange.response()
                                        .putHeader("Content-Type", HTML)
                                        .end(fragment.html());
                            }
                        }),
                        false);
    }

    private interface Inside {
        void answer(Asking asking);
    }

    /** @param byPerson whether a person asked, and not a page that keeps itself fresh */
    private void within(RoutingContext exchange, boolean byPerson, Inside inside) {
        Visit visit = visit(exchange, byPerson);
        if (visit.session().isPresent()) {
            HttpServerRequest request = exchange.request();
            MultiMap fields =
                    request.method().name().equals("POST") ? request.formAttributes() : exchange.queryParams();
            inside.answer(new Asking(
                    commands,
                    visit,
                    fields,
                    "console, " + AdminGuard.by(request, visit.session().get().person())));
        } else if (byPerson) {
            String back = exchange.request().method().name().equals("GET") ? visit.address() : "/console/";
            redirect(exchange, SIGN_IN + "?back=" + Parts.encoded(back));
        } else {
            exchange.response()
                    .setStatusCode(401)
                    .putHeader("HX-Redirect", SIGN_IN)
                    .end();
        }
    }

    private void act(RoutingContext exchange, Asking asking) {
        Session session = asking.visit().session().orElseThrow();
        checkToken(exchange.request(), session);
        if (!session.person().mayAct()) {
            throw new RequestRefused(403, "viewer", "this account may look and not act");
        }
        Act act = Act.of(asking);
        session.notice(act.perform(asking));
        redirect(exchange, back(asking.field("back").orElse("/console/")));
    }

    private Visit visit(RoutingContext exchange, boolean byPerson) {
        HttpServerRequest request = exchange.request();
        Optional<Session> session = cookie(request, SESSION).flatMap(id -> sessions.find(id, byPerson));
        if (session.isEmpty() && !guard.asksForLogin()) {
            session = Optional.of(begin(exchange, guard.onThisMachine()));
        }
        return new Visit(request.uri(), language(request), zone(request), session);
    }

    private Session begin(RoutingContext exchange, Person person) {
        Session session = sessions.begin(person);
        boolean secure = tls || "https".equalsIgnoreCase(exchange.request().getHeader("X-Forwarded-Proto"));
        exchange.response()
                .addCookie(Cookie.cookie(SESSION, session.id())
                        .setPath("/console")
                        .setHttpOnly(true)
                        .setSecure(secure)
                        .setSameSite(CookieSameSite.STRICT));
        return session;
    }

    private void signIn(RoutingContext exchange) {
        HttpServerRequest request = exchange.request();
        Visit visit = visit(exchange, true);
        try {
            Optional<Person> person = guard.asksForLogin()
                    ? guard.signIn(request, field(request, "user"), field(request, "password"))
                    : Optional.of(guard.onThisMachine());
            if (person.isPresent()) {
                visit.session().ifPresent(sessions::end);
                begin(exchange, person.get());
                redirect(exchange, back(exchange.queryParams().get("back")));
            } else {
                html(exchange, 401, SignInPage.of(visit, Optional.of(visit.say("sign-in.wrong"))));
            }
        } catch (RequestRefused refused) {
            html(exchange, refused.status(), SignInPage.of(visit, Optional.of(visit.say("sign-in.wait"))));
        }
    }

    private static String field(HttpServerRequest request, String name) {
        return Optional.ofNullable(request.formAttributes().get(name)).orElse("");
    }

    private void signOut(RoutingContext exchange) {
        Visit visit = visit(exchange, true);
        visit.session().ifPresent(session -> {
            checkToken(exchange.request(), session);
            sessions.end(session);
        });
        redirect(exchange, SIGN_IN);
    }

    private void language(RoutingContext exchange) {
        Language.of(exchange.pathParam("tag")).ifPresent(language -> exchange.response()
                .addCookie(Cookie.cookie(LANGUAGE, language.tag())
                        .setPath("/console")
                        .setMaxAge(A_YEAR)
                        .setHttpOnly(true)
                        .setSecure(tls)
                        .setSameSite(CookieSameSite.STRICT)));
        redirect(exchange, back(exchange.queryParams().get("back")));
    }

    /** Only to a page of the console. */
    private static String back(String address) {
        return address != null && address.matches("/console/[\\w/?&=.%+~-]*") ? address : "/console/";
    }

    private static Language language(HttpServerRequest request) {
        return cookie(request, LANGUAGE)
                .flatMap(Language::of)
                .orElseGet(() -> Language.preferred(Optional.ofNullable(request.getHeader("Accept-Language"))
                        .orElse("en")));
    }

    private static ZoneId zone(HttpServerRequest request) {
        try {
            return cookie(request, ZONE)
                    .map(text -> text.replace("%2F", "/"))
                    .map(ZoneId::of)
                    .orElseGet(ZoneId::systemDefault);
        } catch (DateTimeException e) {
            return ZoneId.systemDefault();
        }
    }

    private static Optional<String> cookie(HttpServerRequest request, String name) {
        return Optional.ofNullable(request.getCookie(name)).map(Cookie::getValue);
    }

    /** A form is sent by a page of this very host, as far as the browser says where it comes from. */
    private static void checkOrigin(HttpServerRequest request) {
        String site = request.getHeader("Sec-Fetch-Site");
        String origin = request.getHeader("Origin");
        boolean foreign = (site != null && !site.equals("same-origin"))
                || (origin != null && !origin.endsWith("://" + request.getHeader("Host")));
        if (foreign) {
            throw new RequestRefused(403, "another-site", "the form was sent by a page of another site");
        }
    }

    private static void checkToken(HttpServerRequest request, Session session) {
        byte[] given = field(request, "token").getBytes(StandardCharsets.UTF_8);
        if (!MessageDigest.isEqual(given, session.token().getBytes(StandardCharsets.UTF_8))) {
            throw new RequestRefused(403, "token", "the form is too old: open the page again");
        }
    }

    private static void protect(RoutingContext exchange) {
        exchange.response()
                .putHeader(
                        "Content-Security-Policy",
                        "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'")
                .putHeader("X-Content-Type-Options", "nosniff")
                .putHeader("X-Frame-Options", "DENY")
                .putHeader("Referrer-Policy", "same-origin")
                .putHeader("Cross-Origin-Opener-Policy", "same-origin")
                .putHeader("Cache-Control", "no-store");
    }

    private void asset(RoutingContext exchange) {
        Assets.Asset asset = assets.find(exchange.pathParam("hash"), exchange.pathParam("name"))
                .orElseThrow(() -> new RequestRefused(404, "no-such-page", "there is no such file"));
        exchange.response()
                .putHeader("Content-Type", asset.type())
                .putHeader("Cache-Control", "public, max-age=" + A_YEAR + ", immutable")
                .end(Buffer.buffer(asset.bytes()));
    }

    private static void redirect(RoutingContext exchange, String to) {
        exchange.response().setStatusCode(303).putHeader("Location", to).end();
    }

    private void html(RoutingContext exchange, int status, Page page) {
        html(exchange, status, page, visit(exchange, true));
    }

    private void html(RoutingContext exchange, int status, Page page, Visit visit) {
        exchange.response()
                .setStatusCode(status)
                .putHeader("Content-Type", HTML)
                .putHeader("Content-Language", visit.language().tag())
                .putHeader("Vary", "Accept-Language, Cookie")
                .end(frame.render(visit, page));
    }

    private void failed(RoutingContext exchange) {
        Throwable failure = exchange.failure();
        if (exchange.response().ended()) {
            return;
        }
        int status;
        String code = "";
        String words;
        if (failure instanceof RequestRefused refused) {
            status = refused.status();
            code = refused.code();
            words = refused.getMessage();
        } else if (failure instanceof OperationFailed failed) {
            status = 503;
            words = failed.getMessage();
        } else if (exchange.statusCode() == 500 || failure != null) {
            // The message may quote a record: where it happened is what helps.
            LOG.error("The console failed: {}", Defect.where(failure));
            status = 500;
            code = "defect";
            words = "this is a defect in Tandem: the log says where";
        } else {
            status = exchange.statusCode();
            words = "the request was not answered";
        }
        Visit visit = new Visit("/console/", language(exchange.request()), zone(exchange.request()), Optional.empty());
        exchange.response().putHeader("Connection", "close");
        html(exchange, status, ErrorPage.of(visit, status, code, words), visit);
    }
}
