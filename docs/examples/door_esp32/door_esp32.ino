// A door controller for an ESP32 after docs/door-link.md: an RDM6300 reader on Serial2 in, a relay for the lock out.
//
// The relay hangs on the inside, in the supply of the lock. The exit button and the fire release cut that supply by
// themselves (docs/door-wiring.md): nothing here reads, drives or waits for anything on the way out.
//
// Left out: hours (while the desk is silent, an entry with hours stays shut) and telling later what it did alone.
#include <HTTPClient.h>
#include <WiFi.h>
#include <mbedtls/md.h>

#ifndef DESK_URL
#define DESK_URL "http://192.168.10.2:4710"
#define DOOR_ID "front"
#define DOOR_KEY "the 64 hex characters that `latchkey door add front` printed"
#define WIFI_NAME "doors"
#define WIFI_PASSWORD "a network for doors alone"
#define TIMEOUT 300           // milliseconds for one answer
#endif

const int RELAY = 26;         // high: the strike has power and opens
const int READER_RX = 16;     // the reader's TX, through a divider if it speaks 5 V
const int LIST_TIMEOUT = 2000;// the desk may have to make it first
const int POLL = 15000;       // the desk wants to be asked for the time at least every 20 s
const int POLL_AGAIN = 2000;  // where it does not answer
const int LIST_AGAIN = 600000;
const int SAME_CARD = 1000;   // a card that stays is told again and again, and is one presentation
const int MOST_CARDS = 200;   // of the list; what does not fit has to wait for the desk

struct Reply { int status; String body, signature; };
struct Entry { char card[24]; int64_t until; bool always; };
struct List { String rev; int64_t validUntil; int count; Entry entries[MOST_CARDS]; };

uint8_t key[32], sessionKey[32];
String session;               // empty: none is open
uint32_t seq;
List list, fresh;
bool clockKnown, lockedDown;
int64_t clockAhead;           // milliseconds of the desk's clock over our own
int64_t openUntil, heldUntil, nextPoll, listAgain;

// Milliseconds since the power came. Sixty-four bits: one that begins again at 0 would open doors by itself.
int64_t now() { return esp_timer_get_time() / 1000; }

// ---- texts ----------------------------------------------------------------------------------------------------------

String hexOf(const uint8_t *bytes, int count) {
  String text;
  for (int i = 0; i < count; i++) {
    char two[3];
    snprintf(two, sizeof two, "%02x", bytes[i]);
    text += two;
  }
  return text;
}

String randomHex(int count) {
  uint8_t bytes[16];
  for (int i = 0; i < count; i++) bytes[i] = (uint8_t)esp_random();
  return hexOf(bytes, count);
}

// The value of a name in the desk's own JSON, which is signed and has no spaces. Quotes inside a text are escaped, so
// that no text can look like a name.
String valueOf(const String &json, const char *name) {
  String wanted = String("\"") + name + "\":";
  int at = json.indexOf(wanted);
  if (at < 0) return "";
  at += wanted.length();
  bool quoted = json.charAt(at) == '"';
  if (quoted) at++;
  int end = at;
  while (end < (int)json.length() && (quoted ? json.charAt(end) != '"' : json.charAt(end) != ',' && json.charAt(end) != '}')) end++;
  return json.substring(at, end);
}

String encoded(const String &text) {
  String safe;
  for (int i = 0; i < (int)text.length(); i++) {
    if (isalnum(text.charAt(i))) safe += text.charAt(i);
    else safe += "%" + hexOf((const uint8_t *)text.c_str() + i, 1);
  }
  return safe;
}

// 2026-11-20T12:40:00.000Z as UTC milliseconds; 0, long past, for what is no moment.
int64_t momentOf(const String &text) {
  int year, month, day, hour, minute, second;
  if (sscanf(text.c_str(), "%d-%d-%dT%d:%d:%d", &year, &month, &day, &hour, &minute, &second) != 6) return 0;
  if (month <= 2) { year--; month += 12; }
  int64_t days = 365LL * year + year / 4 - year / 100 + year / 400 + (153 * month - 457) / 5 + day - 719469;
  return (((days * 24 + hour) * 60 + minute) * 60 + second) * 1000;
}

// ---- the link: docs/door-link.md, 1 and 2 -----------------------------------------------------------------------------

void hmac(const uint8_t *with, const String &text, uint8_t *out) {
  mbedtls_md_hmac(mbedtls_md_info_from_type(MBEDTLS_MD_SHA256), with, 32, (const unsigned char *)text.c_str(), text.length(), out);
}

String signatureOf(const uint8_t *with, const String &text) {
  uint8_t bytes[32];
  hmac(with, text, bytes);
  return hexOf(bytes, 32);
}

// In constant time.
bool same(const String &ours, const String &theirs) {
  if (ours.length() != theirs.length()) return false;
  uint8_t different = 0;
  for (int i = 0; i < (int)ours.length(); i++) different |= ours.charAt(i) ^ theirs.charAt(i);
  return different == 0;
}

// The only place that moves the lock.
void drive() { digitalWrite(RELAY, now() < openUntil || now() < heldUntil ? HIGH : LOW); }

Reply request(const char *method, const String &path, const String &body, const String &signature) {
  HTTPClient http;
  http.setReuse(false);
  http.setConnectTimeout(TIMEOUT);
  http.setTimeout(path.startsWith("/door/v1/list") ? LIST_TIMEOUT : TIMEOUT);
  http.begin(String(DESK_URL) + path);
  const char *wanted[] = {"Latchkey-Signature"};
  http.collectHeaders(wanted, 1);
  if (body.length() > 0) http.addHeader("Content-Type", "application/json");
  if (signature.length() > 0) {
    http.addHeader("Latchkey-Session", session);
    http.addHeader("Latchkey-Seq", String(seq));
    http.addHeader("Latchkey-Signature", signature);
  }
  int status = body.length() > 0 ? http.sendRequest(method, body) : http.sendRequest(method);
  Reply reply = {status, status > 0 ? http.getString() : String(""), http.header("Latchkey-Signature")};
  http.end();
  drive();  // a hold may have run out while we waited
  return reply;
}

bool openSession() {
  String nonce = randomHex(16);
  String body = String("{\"door\":\"") + DOOR_ID + "\",\"client_nonce\":\"" + nonce + "\"}";
  Reply reply = request("POST", "/door/v1/session", body, "");
  if (reply.status != 200) return false;
  String tail = String("|") + DOOR_ID + "|" + nonce + "|" + valueOf(reply.body, "server_nonce");
  if (!same(signatureOf(key, "latchkey-server" + tail), valueOf(reply.body, "proof"))) return false;
  hmac(key, "latchkey-session" + tail, sessionKey);
  session = valueOf(reply.body, "session");
  seq = 0;
  return true;
}

// The status of a reply that the desk has signed; 0 where it is silent, and an unsigned reply is silence.
int ask(const char *method, const String &path, const String &body, String &answer) {
  if (session.length() == 0 && !openSession()) return 0;
  seq++;
  String signature = signatureOf(sessionKey, String(seq) + "\n" + method + "\n" + path + "\n" + body);
  Reply reply = request(method, path, body, signature);
  if (reply.status <= 0) return 0;
  if (!same(signatureOf(sessionKey, String(seq) + "\n" + String(reply.status) + "\n" + reply.body), reply.signature)) {
    session = "";  // all that it can do: the next question opens a new one
    return 0;
  }
  answer = reply.body;
  return reply.status == 503 ? 0 : reply.status;
}

// ---- the list, for when the desk is silent: docs/door-link.md, 5 ------------------------------------------------------

void hold(const String &entry) {
  String card = valueOf(entry, "card");
  bool always = valueOf(entry, "always") == "true";
  if (card.length() >= sizeof fresh.entries[0].card || (!always && entry.indexOf("\"windows\":[]") < 0)) return;
  int at = fresh.count;
  // Where there is no room, keyholders go before others.
  if (at == MOST_CARDS && always) for (at = 0; at < MOST_CARDS && fresh.entries[at].always; at++);
  if (at == MOST_CARDS) return;
  if (at == fresh.count) fresh.count++;
  strcpy(fresh.entries[at].card, card.c_str());
  fresh.entries[at].until = momentOf(valueOf(entry, "until"));
  fresh.entries[at].always = always;
}

void fetchList() {
  const char *begin = "{\"card\":";
  String after, page;
  fresh.rev = "";
  fresh.count = 0;
  do {
    if (ask("GET", "/door/v1/list?since=0&limit=40&after=" + encoded(after), "", page) != 200) return;
    String rev = valueOf(page, "rev");
    if (fresh.rev != "" && fresh.rev != rev) return;  // it changed between two pages: again the next time
    fresh.rev = rev;
    fresh.validUntil = momentOf(valueOf(page, "valid_until"));
    for (int at = page.indexOf(begin); at >= 0;) {
      int next = page.indexOf(begin, at + 1);
      String entry = page.substring(at, next < 0 ? page.length() : next);
      hold(entry);
      after = valueOf(entry, "card");
      at = next;
    }
  } while (valueOf(page, "more") == "true");
  list = fresh;
  listAgain = now() + LIST_AGAIN;
}

// Without the time only keyholders get in.
bool isListed(const String &card) {
  int64_t at = clockAhead + now();
  for (int i = 0; i < list.count; i++) {
    const Entry &entry = list.entries[i];
    if (card != entry.card) continue;
    if (clockKnown && at >= entry.until) return false;
    return entry.always || (clockKnown && !lockedDown && at < list.validUntil);
  }
  return false;
}

// ---- the door ---------------------------------------------------------------------------------------------------------

void askTime() {
  String told;
  nextPoll = now() + POLL_AGAIN;
  if (ask("GET", "/door/v1/time", "", told) != 200) return;
  nextPoll = now() + POLL;
  clockAhead = momentOf(valueOf(told, "now")) - now();
  clockKnown = true;
  String mode = valueOf(told, "mode");
  lockedDown = mode == "lockdown";
  // A lease: whoever hears nothing more locks.
  int seconds = valueOf(told, "mode_for").toInt();
  heldUntil = mode == "held-open" ? now() + 1000 * (seconds < 60 ? seconds : 60) : 0;
  if (valueOf(told, "list_rev") != list.rev || now() >= listAgain) fetchList();
}

void openFor(int milliseconds) {
  openUntil = now() + (milliseconds < 30000 ? milliseconds : 30000);
  drive();
}

void present(const String &card) {
  String id = randomHex(4) + "-" + randomHex(2) + "-4" + randomHex(2).substring(1) + "-8" + randomHex(2).substring(1) + "-" + randomHex(6);
  String body = "{\"id\":\"" + id + "\",\"card\":\"" + card + "\"}", answer;
  for (int tries = 0; tries < 2; tries++) {  // the second time a new number, and the same id
    int status = ask("POST", "/door/v1/check", body, answer);
    if (status == 0) continue;
    bool grant = status == 200 && valueOf(answer, "grant") == "true";
    if (grant) openFor(valueOf(answer, "open_ms").toInt());
    Serial.println(grant ? "welcome" : "please ask the desk");
    if (valueOf(answer, "list_rev") != list.rev) nextPoll = now();
    return;
  }
  if (isListed(card)) openFor(3000);
  Serial.println(now() < openUntil ? "welcome, by the list" : "please ask the desk, which is silent");
}

// RDM6300: 02, ten hex digits, two of checksum, 03. True once for each card that is held to it.
bool readCard(String &card) {
  static char frame[13];
  static int filled = -1;
  static String last;
  static int64_t lastAt;
  while (Serial2.available() > 0) {
    int given = Serial2.read();
    if (given == 2) filled = 0;
    else if (filled >= 0 && filled < 12 && isxdigit(given)) frame[filled++] = toupper(given);
    else if (given == 3 && filled == 12) {
      filled = -1;
      uint8_t sum = 0, two[3] = {0, 0, 0};
      for (int i = 0; i < 12; i += 2) {
        memcpy(two, frame + i, 2);
        sum ^= (uint8_t)strtol((char *)two, NULL, 16);
      }
      if (sum != 0) continue;
      card = "em:" + String(frame).substring(0, 10);
      bool again = card == last && now() - lastAt < SAME_CARD;
      last = card;
      lastAt = now();
      if (!again) return true;
    } else filled = -1;
  }
  return false;
}

void setup() {
  pinMode(RELAY, OUTPUT);
  digitalWrite(RELAY, LOW);
  Serial.begin(115200);
  Serial2.begin(9600, SERIAL_8N1, READER_RX, -1);
  for (int i = 0; i < 32; i++) key[i] = (uint8_t)strtol(String(DOOR_KEY).substring(2 * i, 2 * i + 2).c_str(), NULL, 16);
  WiFi.mode(WIFI_STA);
  WiFi.setSleep(false);  // asleep it would take a third of a second to hear an answer
  WiFi.begin(WIFI_NAME, WIFI_PASSWORD);
}

void loop() {
  drive();
  String card;
  if (readCard(card)) present(card);
  if (now() >= nextPoll && now() >= openUntil) askTime();
  delay(5);
}
