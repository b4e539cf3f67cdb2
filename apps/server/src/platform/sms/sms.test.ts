/** SMS to providers: what goes over the wire, what their answers mean, what the configuration takes, and the alphabet. */
import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import fc from "fast-check";
import type { ConfigFault } from "../../config-values.ts";
import { ConfigError, readConfig } from "../../server.ts";
import { ACCOUNT, type SmsReply, startSmsProvider, TOKEN } from "../../testing/sms-provider.ts";
import { DeliveryError } from "../smtp/index.ts";
import { isGsm7 } from "./gsm7.ts";
import { checkSms, countSms, createSmsTransport, foldToGsm7, mobileNumberOf, readSmsPlace } from "./index.ts";

const SMS = { id: "m1", to: "+33612345678", text: 'Zoë & "co": 50 % sûr\n@host #123456', atMs: 0 };

function placeOf(values: Record<string, string>) {
  const faults: ConfigFault[] = [];
  const place = readSmsPlace(values, faults);
  assert.deepEqual(faults, []);
  assert.ok(place);
  return place;
}
const twilioUrl = (host: string, more = "from=%2B15005550006") =>
  `twilio://${ACCOUNT}:${encodeURIComponent(TOKEN)}@${host}?${more}&tls=no`;
async function twilio(t: TestContext, script: readonly SmsReply[] = []) {
  const provider = await startSmsProvider(t, script);
  return { provider, transport: createSmsTransport(placeOf({ PLI_SMS_URL: twilioUrl(provider.host) })) };
}
async function refusalOf(deliver: Promise<void>): Promise<DeliveryError> {
  try {
    await deliver;
  } catch (error) {
    assert.ok(error instanceof DeliveryError);
    return error;
  }
  throw new Error("it was taken");
}

test("Q11: Twilio's protocol: basic authentication, a form with To, From, Body, and 201", async (t) => {
  const { provider, transport } = await twilio(t);
  await transport.deliver(SMS);
  assert.deepEqual(provider.taken, [{ to: SMS.to, from: "+15005550006", body: SMS.text }]);
  const byService = placeOf({ PLI_SMS_URL: twilioUrl(provider.host, "service=MG1") });
  await createSmsTransport(byService).deliver(SMS);
  assert.equal(new URLSearchParams(provider.requests[1]?.body).get("MessagingServiceSid"), "MG1");
});

test("Q11: what Twilio says of the number or the text is final; sign-in, limits, faults and silence are tried again", async (t) => {
  const { transport } = await twilio(t, [
    { status: 400, body: { code: 21211, message: "Invalid 'To' Phone Number", status: 400 } },
    { status: 400, body: { code: 21610, message: "unsubscribed recipient", status: 400 } },
    { status: 201, body: { sid: "SM1", status: "failed", error_code: 30006, error_message: null } },
    { status: 401, body: { code: 20003, message: "Authenticate", status: 401 } },
    { status: 429, body: { code: 20429, message: "Too Many Requests", status: 429 } },
    { status: 400, body: { code: 21606, message: "odd #123456", status: 400 } },
    { status: 503, body: "not json at all" },
    "cut",
  ]);
  const found: boolean[] = [];
  for (let tries = 0; tries < 8; tries++) {
    const { final, reason } = await refusalOf(transport.deliver(SMS));
    found.push(final);
    assert.doesNotMatch(reason, /123456|t0ken|\n/, reason);
  }
  assert.deepEqual(found, [true, true, true, false, false, false, false, false]);
  await transport.deliver(SMS);
});

test("Q11: a gateway by address, by form and by JSON: each value is written as its surroundings want it", async (t) => {
  const provider = await startSmsProvider(t);
  const base = `http://${provider.host}/send`;
  const by = (values: Record<string, string>) => createSmsTransport(placeOf(values)).deliver(SMS);
  await by({ PLI_SMS_URL: `${base}?n={number}&t={text}&key=k` });
  await by({
    PLI_SMS_URL: base,
    PLI_SMS_BODY: "to={to}&text={text}&ref={id}",
    PLI_SMS_HEADERS: "X-Key: k1\nX-Other: a b",
  });
  await by({ PLI_SMS_URL: base, PLI_SMS_BODY: '{"to": ["{to}"], "text": "{text}", "n": {"a": 1}}' });
  const [get, form, json] = provider.requests;
  assert.equal(get?.method, "GET");
  assert.deepEqual(Object.fromEntries(new URL(`http://x${get?.path}`).searchParams), {
    n: "33612345678",
    t: SMS.text,
    key: "k",
  });
  assert.equal(form?.headers["content-type"], "application/x-www-form-urlencoded");
  assert.equal(form?.headers["x-key"], "k1");
  assert.deepEqual(Object.fromEntries(new URLSearchParams(form?.body)), { to: SMS.to, text: SMS.text, ref: "m1" });
  assert.deepEqual(JSON.parse(json?.body ?? ""), { to: [SMS.to], text: SMS.text, n: { a: 1 } });
  assert.equal(json?.headers["content-type"], "application/json");
});

test("Q11: a gateway's 400 is final, its 401 and a yes that says no are not", async (t) => {
  const provider = await startSmsProvider(t, [
    { status: 400, body: {} },
    { status: 401, body: {} },
    { status: 200, body: { result: "NO CREDIT" } },
    { status: 200, body: { result: "OK" } },
  ]);
  const place = { PLI_SMS_URL: `http://${provider.host}/?t={text}&n={to}`, PLI_SMS_ACCEPTED: '"OK"' };
  const transport = createSmsTransport(placeOf(place));
  assert.equal((await refusalOf(transport.deliver(SMS))).final, true);
  assert.equal((await refusalOf(transport.deliver(SMS))).final, false);
  assert.equal((await refusalOf(transport.deliver(SMS))).final, false);
  await transport.deliver(SMS);
});

test("Q2: the doctor asks the provider whether it lets us in, and sends nothing", async (t) => {
  const provider = await startSmsProvider(t);
  assert.equal(await checkSms(placeOf({ PLI_SMS_URL: twilioUrl(provider.host) })), null);
  const wrong = await checkSms(placeOf({ PLI_SMS_URL: twilioUrl(provider.host).replace("t0ken", "other") }));
  assert.match(wrong?.found ?? "", /user or token/);
  assert.equal(await checkSms(placeOf({ PLI_SMS_URL: `http://${provider.host}/s?n={to}&t={text}` })), null);
  const away = await checkSms(placeOf({ PLI_SMS_URL: twilioUrl("127.0.0.1:1") }));
  assert.match(away?.found ?? "", /cannot be reached/);
  assert.equal(provider.taken.length, 0);
  assert.deepEqual(
    provider.requests.map(({ method }) => method),
    ["GET", "GET", "HEAD"],
  );
});

test("Q2: the settings of SMS are checked whole; every fault has its cure, and no value is told", () => {
  const cases: readonly (readonly [Record<string, string>, readonly string[]])[] = [
    [{ PLI_SMS_URL: "smpp://sesame@x" }, ["PLI_SMS_URL"]],
    [{ PLI_SMS_URL: "twilio://api.twilio.com" }, ["PLI_SMS_URL", "PLI_SMS_URL"]],
    [{ PLI_SMS_URL: "twilio://AC1:sesame@api.twilio.com?from=a&service=MG1" }, ["PLI_SMS_URL"]],
    [{ PLI_SMS_URL: "twilio://AC1:sesame@sms.example?from=a&tls=no" }, ["PLI_SMS_URL"]],
    [{ PLI_SMS_URL: "https://sms.example/sesame" }, ["PLI_SMS_URL"]],
    [{ PLI_SMS_URL: "https://me:sesame@sms.example/?n={to}&t={text}" }, ["PLI_SMS_URL"]],
    [{ PLI_SMS_URL: "https://sms.example", PLI_SMS_BODY: "{sesame {to} {text}" }, ["PLI_SMS_BODY"]],
    [
      { PLI_SMS_URL: "https://sms.example", PLI_SMS_BODY: '{"to":"{to}"}', PLI_SMS_HEADERS: "sesame" },
      ["PLI_SMS_HEADERS", "PLI_SMS_BODY"],
    ],
    [{ PLI_SMS_BODY: "{to}{text}sesame" }, ["PLI_SMS_BODY"]],
    [{ PLI_SMS_COUNTRIES: "FR,sesame", PLI_SMS_PER_NUMBER: "none" }, ["PLI_SMS_COUNTRIES", "PLI_SMS_PER_NUMBER"]],
  ];
  for (const [environment, names] of cases) {
    assert.throws(
      () => readConfig(environment),
      (error) => {
        assert.ok(error instanceof ConfigError);
        assert.deepEqual(
          error.faults.map(({ name }) => name),
          names,
        );
        assert.doesNotMatch(error.message, /sesame/);
        return true;
      },
      JSON.stringify(environment),
    );
  }
  assert.deepEqual(readConfig({ PLI_SMS_COUNTRIES: "fr, BE" }).smsCountries, ["FR", "BE"]);
});

test("M8: an SMS is written in the GSM alphabet where it has a form there, and left alone where it has none", () => {
  assert.equal(
    foldToGsm7("À lire avant : « François » l’a reçu… œuvre"),
    'A lire avant : " Francois " l\'a recu... oeuvre',
  );
  assert.equal(foldToGsm7("Привет, 123456"), "Привет, 123456");
  assert.equal(countSms("a".repeat(160)), 1);
  assert.equal(countSms("a".repeat(161)), 2);
  assert.equal(countSms("ж".repeat(71)), 2);
  assert.equal(countSms("{".repeat(81)), 2);
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), (text) => {
      const folded = foldToGsm7(text);
      assert.ok(isGsm7(folded) || folded === text);
      assert.equal(foldToGsm7(folded), folded);
    }),
  );
  const link = "https://pli.example.org/o/AbCdEfGhIjKlMnOpQrStUv#_-0123456789abcdefghijklmnopqrstuvwxyzABCDEFG";
  assert.equal(foldToGsm7(`Ê ${link}`), `E ${link}`);
});

test("M4: mobile numbers alone, in E.164", () => {
  assert.deepEqual(mobileNumberOf("+33612345678"), { number: "+33612345678", country: "FR" });
  assert.equal(mobileNumberOf("+12025550123")?.country, "US", "where a number does not tell, it may be one");
  for (const text of [
    "+33142345678",
    "0612345678",
    "+33 6 12 34 56 78",
    "+336123456789",
    "+99912345678",
    "",
    "+",
    "a@b",
  ]) {
    assert.equal(mobileNumberOf(text), null, text);
  }
  fc.assert(
    fc.property(fc.string(), (text) => {
      const found = mobileNumberOf(text);
      assert.ok(found === null || found.number === text);
    }),
  );
});
