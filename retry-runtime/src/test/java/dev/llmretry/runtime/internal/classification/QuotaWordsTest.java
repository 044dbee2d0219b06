package dev.llmretry.runtime.internal.classification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmretry.FailureKind;
import dev.llmretry.runtime.classification.Failure;
import dev.llmretry.runtime.classification.FailureFacts;
import dev.llmretry.runtime.internal.classification.QuotaWords.Evidence;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuotaWordsTest {

  private static final Instant NOW = Instant.parse("2026-11-24T08:00:00Z");

  private static Failure classify(int status, Map<String, List<String>> headers, String message) {
    FailureFacts facts =
        FailureFacts.builder().statusCode(status).headers(headers).message(message).build();
    return ProviderRules.classify(new ParsedFacts(facts, () -> NOW), false).failure();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Insufficient balance or no resource package. Please recharge.",
        "[1113][Insufficient balance or no resource package. Please recharge.][2026]",
        "Insufficient Balance",
        "Your account balance is insufficient to run this request.",
        "The selected model requires paid balance. Your paid balance is insufficient.",
        "You have insufficient quota for this model",
        "Your prepayment credits are depleted. Please go to the console to manage billing.",
        "You have run out of credits",
        "Not enough credits for this request, please top up at https://example.com/credits",
        "{\"error\":{\"code\":\"insufficient_credits\",\"message\":\"Payment needed\"}}",
        "{\"error\":{\"code\":\"AccountOverdueError\",\"message\":\"The request is denied\"}}",
        "{\"code\":\"arrearage_found\",\"message\":\"Access denied\"}",
        "Your account has an outstanding invoice",
        "Your account is past due. Please update your payment information.",
        "Your credits have run out",
        "You are out of prepaid credits",
        "余额不足或无可用资源包,请充值。",
        "您的账户已欠费，请充值后重试",
        "账户余额已用完",
        "该令牌额度已用尽",
        "帳戶餘額不足，請儲值",
        "残高が不足しています",
      })
  void moneyThatIsUsedUpIsAQuotaWhateverDelayIsAskedFor(String message) {
    assertThat(classify(429, Map.of(), message).kind()).isEqualTo(FailureKind.QUOTA_EXHAUSTED);
    assertThat(classify(429, Map.of("retry-after", List.of("1")), message).kind())
        .isEqualTo(FailureKind.QUOTA_EXHAUSTED);
    assertThat(classify(429, Map.of(), message).reason()).isEqualTo("words of an exhausted quota");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Your team 16f has either used all available credits or reached its monthly spending limit."
            + " To continue making API requests, please purchase more credits.",
        "LiteLLM User: engineer-1, exceeded budget for model=claude",
        "Usage limits exceeded. Budget exhausted for this virtual key",
        "Budget has been exceeded! Current cost: 26.075, Max budget: 0.25",
        "ExceededBudget: End User=x over budget. Spend=0.2, Budget=0.1",
        "No deployments available - crossed budget: Exceeded budget for deployment: 0.363 >= 1d",
        "Credit limit exceeded, please navigate to https://api.example/settings/billing",
        "Your project has exceeded its monthly spending cap.",
        "You have reached your billing hard limit",
        "Payment required",
        "Your account is suspended, possibly due to reaching the monthly limit",
        "Your GLM Coding Plan package has expired",
        "The current subscription plan does not yet include access to this model",
        "Rate limit exceeded: free-models-per-day. Add 10 credits to unlock 1000 free model"
            + " requests per day",
        "Rate limit exceeded: free-models-per-day-high-balance.",
        "Requests per day limit exceeded - too many requests sent.",
        "Daily request 200 limit exceeded.",
        "You've reached your weekly limit",
        "request reached TPD rate limit, current: 1501057, limit: 1500000",
        "You are using a Trial key, which is limited to 1000 API calls/month.",
        "You have used up your daily free allocation of 10,000 neurons, please upgrade",
        "Rate limit of 50 per 86400s exceeded for UserByModelByDay.",
        "You exceeded your monthly included requests",
        "{\"error\":{\"type\":\"daily_limit_exceeded\"}}",
        "{\"error\":{\"type\":\"TeamBudgetExceeded\"}}",
        "{\"error\":{\"type\":\"cost_limit_exceeded\"}}",
        "Limit of 100 requests per 24 hours reached",
        "You have exceeded 100 requests in 24 hours",
        "Rate limit exceeded: 50 requests per 1d",
        "You've reached your annual request limit",
        "API key has reached its lifetime usage cap of $10",
        "Limit reached. Resets tomorrow at midnight",
        "Rate limit reached. Limits reset daily",
        "You are out of call volume quota",
        "该API已达今日调用次数限额，如有更多需求，请联系客服购买",
        "已达到每周/每月使用限额",
        "您的套餐已到期，暂无法使用",
      })
  void limitsThatLastAreQuotasUnlessTheDelayIsShort(String message) {
    assertThat(classify(429, Map.of(), message).kind()).isEqualTo(FailureKind.QUOTA_EXHAUSTED);
    Failure later = classify(429, Map.of("retry-after", List.of("7200")), message);
    assertThat(later.kind()).isEqualTo(FailureKind.QUOTA_EXHAUSTED);
    assertThat(later.retryAfter()).isEqualTo(Duration.ofHours(2));
    Failure soon = classify(429, Map.of("retry-after", List.of("90")), message);
    assertThat(soon.kind()).isEqualTo(FailureKind.RATE_LIMITED);
    assertThat(soon.retryAfter()).isEqualTo(Duration.ofSeconds(90));
    Map<String, List<String>> retried = Map.of("x-should-retry", List.of("true"));
    assertThat(classify(429, retried, message).kind()).isEqualTo(FailureKind.RATE_LIMITED);
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Rate limit reached for gpt-x in organization o on requests per day (RPD): Limit 10000, Used 10000, Requested 1. Please try again in 8.64s. Visit https://platform.example/account/rate-limits | PT8.64S
          Rate limit reached for model `l` on tokens per day (TPD): Limit 100000, Used 97050, Requested 3619. Please try again in 9m38.016s. Need more tokens? Upgrade to Dev Tier today at https://console.example/settings/billing | PT9M38.016S
          """)
  void aLimitOfADayThatRollsIsARateLimit(String message, Duration delay) {
    Failure failure = classify(429, Map.of(), message);
    assertThat(failure.kind()).isEqualTo(FailureKind.RATE_LIMITED);
    assertThat(failure.retryAfter()).isEqualTo(delay);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Rate limit reached for requests",
        "Rate limit reached for gpt-x on tokens per min (TPM): Limit 10000, Used 9500, Requested"
            + " 600. Visit https://platform.example/account/rate-limits to learn more. You can"
            + " increase your rate limit by adding a payment method to your account at"
            + " https://platform.example/account/billing.",
        "Rate limit reached on requests per min. Limit: 3 / min. Please upgrade your plan to"
            + " increase the limit, up to 10000 requests per day.",
        "You exceeded your current quota, please check your plan and billing details.",
        "Resource has been exhausted (e.g. check quota).",
        "Quota exceeded for aiplatform.googleapis.com/online_prediction_requests_per_base_model"
            + " with base model: gemini. Please submit a quota increase request.",
        "Requests to the ChatCompletions_Create Operation have exceeded token rate limit of your"
            + " current OpenAI S0 pricing tier. Please go here: https://aka.ms/oai/quotaincrease if"
            + " you would like to further increase the default rate limit.",
        "This request would exceed your organization's rate limit of 40,000 input tokens per"
            + " minute. For details, refer to: https://docs.example/rate-limits. You may also"
            + " contact sales to discuss your options.",
        "Your rate limit for creating predictions is reduced to 6 requests per minute with a burst"
            + " of 1 requests while you have less than $5.0 in credit.",
        "You are using a Trial key, which is limited to 20 API calls / minute. You can continue to"
            + " use the Trial key for free or upgrade to a Production key with higher limits.",
        "Rate limit exceeded (10 requests per minute, 1000 requests per day)",
        "Rate limit exceeded: 10 per minute or 1000 per day",
        "Rate limit exceeded, add credits to raise it",
        "Rate limit exceeded: free-models-per-min.",
        "Too many requests. No credits were charged.",
        "Too many requests, see https://example.com/docs/limits-per-day/credits-exhausted",
        "Too many requests; see docs.example.com/daily/budget/exceeded for details",
        "Your in-flight request budget is exhausted",
        "You exceeded your token budget of 1000 tokens per minute",
        "The load balancer has reached its limit",
        "Request was rejected due to request rate limiting. Your rate limits are 60 RPM (1 QPS)",
        "google/gemini-flash:free is temporarily rate-limited upstream. Please retry shortly, or"
            + " add your own key to accumulate your rate limits",
        "Too many requests. If your balance is insufficient, see billing.",
        "We're experiencing high traffic right now! Please try again soon.",
        "High demand today has exceeded our capacity",
        "Too many requests, your credits are not consumed by this request",
        "We balance requests over regions",
        "Rate limit reached. Credit to the team for the low latency",
        "Billing API: too many requests",
        "Budget API rate limited: 3 calls over 10 allowed",
        "<style>a{text-wrap:balance}b{transition:all .3s ease-out}</style>Error 1015",
        "<style>a{text-wrap:balance;transition:all .3s ease-out}</style>Error 1015",
        "Limit of 100 requests per 5 hours reached",
        "Insufficient permissions for billing",
        "您的请求过于频繁，请稍后再试",
        "TPM额度不足，每分钟额度已达上限",
        "并发额度已达上限",
        "请求过快，如余额不足请充值",
        "请求过快，请检查余额不足的账户",
        "{\"error\":{\"type\":\"tokens\",\"code\":\"rate_limit_exceeded\",\"plan\":\"monthly\"}}",
        "",
      })
  void anOrdinaryRateLimitStaysOne(String message) {
    assertThat(classify(429, Map.of(), message).kind()).isEqualTo(FailureKind.RATE_LIMITED);
    Failure failure = classify(429, Map.of("retry-after", List.of("20")), message);
    assertThat(failure.kind()).isEqualTo(FailureKind.RATE_LIMITED);
    assertThat(failure.retryAfter()).isEqualTo(Duration.ofSeconds(20));
  }

  /** Names of models, paths, keys, deployments, users and teams. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Rate limit exceeded for model acme/credit-scoring",
        "Rate limit exceeded for /v1/billing/usage",
        "Rate limit exceeded for key 'payments-prod'",
        "Rate limit exceeded for key 'billing'",
        "Rate limit exceeded for project \"Daily news\"",
        "Rate limit exceeded for deployment daily-digest",
        "Rate limit exceeded for project weekly-newsletter",
        "Rate limit exceeded for user today@example.com",
        "Rate limit exceeded for team Billing",
        "Rate limit exceeded for queue credit_scoring",
      })
  void wordsOfANameDoNotCount(String message) {
    assertThat(classify(429, Map.of(), message).kind()).isEqualTo(FailureKind.RATE_LIMITED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Rate limit exceeded: free-models-per-day",
        "Error: insufficient_quota_now",
        "Denied: 'insufficient_credits'",
        "Exceeded the 30-day limit",
        "The daily-limit was exceeded",
        "You are rate-limited: 100 requests/day",
        "Your balance/credits are insufficient",
        "Exceeded the team budget",
        "The limit of user credits was exceeded",
        "Credits <5 are insufficient, needed >10",
        "Your credit-balance is exhausted",
        "Error: no_credits",
        "Your plan limits are 50/day and were reached",
      })
  void wordsOfACodeAndOfAPeriodDo(String message) {
    assertThat(classify(429, Map.of(), message).kind()).isEqualTo(FailureKind.QUOTA_EXHAUSTED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Rate limit exceeded. No credits were consumed for this request.",
        "Rate limit exceeded. No credits were used.",
        "Rate limit exceeded. Credits used: 12. Credits remaining: 88.",
        "Rate limit exceeded: request cost 5",
        "Rate limit exceeded, no payment required",
        "Rate limit exceeded. Your balance is sufficient",
        "Rate limit exceeded. You have enough credits.",
      })
  void aDenialIsNoMissingMoney(String message) {
    assertThat(classify(429, Map.of(), message).kind()).isEqualTo(FailureKind.RATE_LIMITED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Your monthly plan allows no more than 1 request every 2 seconds",
        "You exceeded 5 requests in the last 60 seconds for your monthly plan",
        "1 request every 10 seconds for accounts with no payment method",
        "1 request per 10s for accounts with no payment method",
        "20 requests each 5 minutes for accounts with no payment method",
      })
  void aShortPeriodMayHaveANumber(String message) {
    assertThat(classify(429, Map.of(), message).kind()).isEqualTo(FailureKind.RATE_LIMITED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<a href=\"/billing\">Billing</a><h1>Rate limit exceeded</h1>",
        "<html><a href=\"/billing\">Billing</a><h1>Rate limit exceeded</h1></html>",
        "<html><p title=\"billing\">Rate limit exceeded</p></html>",
      })
  void aWebPageIsReadWithoutItsTags(String message) {
    assertThat(classify(429, Map.of(), message).kind()).isEqualTo(FailureKind.RATE_LIMITED);
    String money = "<html><h1>Error</h1><p>Insufficient balance</p></html>";
    assertThat(classify(429, Map.of(), money).kind()).isEqualTo(FailureKind.QUOTA_EXHAUSTED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Too many requests today, try again shortly",
        "The model is used by many users today",
        "Your plan includes 2 simultaneous requests",
        "Your plan includes 1 request at a time",
        "Your monthly plan is limited to 2 requests at once",
        "{\"error\":{\"code\":\"quota_check_timed_out\"}}",
      })
  void aBusyDayAndASmallPlanPass(String message) {
    assertThat(classify(429, Map.of(), message).kind()).isEqualTo(FailureKind.RATE_LIMITED);
    assertThat(classify(429, Map.of(), "Today's request limit was reached").kind())
        .isEqualTo(FailureKind.QUOTA_EXHAUSTED);
  }

  @ParameterizedTest
  @CsvSource({
    "504, Timed out waiting for billing",
    "500, Out of memory in billing worker",
    "503, Job overdue"
  })
  void aSentenceIsNoCode(int status, String sentence) {
    for (String name : List.of("error", "reason")) {
      String body = "{\"%s\":\"%s\"}".formatted(name, sentence);
      assertThat(classify(status, Map.of(), body).kind()).isEqualTo(StatusRules.kindOf(status));
    }
    FailureFacts facts = FailureFacts.builder().statusCode(status).errorType(sentence).build();
    assertThat(ProviderRules.classify(new ParsedFacts(facts, () -> NOW), false).failure().kind())
        .isEqualTo(StatusRules.kindOf(status));
  }

  @Test
  void soIsAFailureThatNothingElseExplains() {
    String money = "Your account has used all available credits.";
    assertThat(classify(412, Map.of(), money).kind()).isEqualTo(FailureKind.QUOTA_EXHAUSTED);
    assertThat(classify(412, Map.of(), "Failed").kind()).isEqualTo(FailureKind.UNKNOWN);
  }

  /** Volcengine, Azure and others refuse the permission if the money is used up. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "The request failed because your account has an overdue balance.",
        "Access denied due to overdue account",
        "Sorry, your account balance is insufficient",
        "Insufficient account balance",
        "Your newly created team doesn't have any credits or licenses yet.",
        "Your project has exceeded its monthly spending cap.",
        "Out of call volume quota. Quota will be replenished in 2.02:26:42.",
        "Quota exceeded",
        "Organization has been restricted because spend limit reached",
        "Project x (#1) has billing disabled. Please enable it.",
        "Your account is suspended for non-payment",
        "账户余额为负",
        "用户额度不足, 剩余额度: ＄0.000000",
        "账户已欠费",
        "{\"error\":{\"code\":\"AccountOverdueError\",\"type\":\"Forbidden\"}}",
        "{\"error\":{\"message\":\"This requires billing\",\"status\":\"PERMISSION_DENIED\"}}",
      })
  void aRefusalForWantOfMoneyIsAQuota(String message) {
    assertThat(classify(403, Map.of(), message).kind()).isEqualTo(FailureKind.QUOTA_EXHAUSTED);
    assertThat(classify(403, Map.of("retry-after", List.of("1")), message).kind())
        .isEqualTo(FailureKind.QUOTA_EXHAUSTED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Your plan does not include this model.",
        "Your current subscription plan does not yet include access to this model",
        "A subscription is required for this model, upgrade for access",
        "You have insufficient permissions for this operation. Missing scopes: api.usage.read",
        "Insufficient permissions to view the billing of this account",
        "Your role has not enough rights to read the credit balance",
        "User lacks sufficient privileges: billing.accounts.get",
        "The balance API requires an admin key",
        "Only billing admins can use this endpoint",
        "Access denied. This may happen if your balance is insufficient",
        "Forbidden: check that your account has sufficient balance",
        "Access to model credit-scoring-v2 is denied",
        "Your trial key is limited to 5 calls per day and model",
        "Your key has not been used for 30 days",
        "您的角色没有查看余额不足账户的权限",
        "{\"error\":{\"message\":\"Permission denied\",\"status\":\"PERMISSION_DENIED\"}}",
      })
  void aRefusalForAnotherReasonStaysOne(String message) {
    assertThat(classify(403, Map.of(), message).kind()).isEqualTo(FailureKind.FORBIDDEN);
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 403, 404, 429, 500})
  void aCodeOfMoneyCountsWithAnyStatus(int status) {
    String body = "{\"error\":{\"type\":\"insufficient_balance_error\",\"message\":\"no\"}}";
    assertThat(classify(status, Map.of(), body).kind()).isEqualTo(FailureKind.QUOTA_EXHAUSTED);
    FailureFacts facts =
        FailureFacts.builder().statusCode(status).errorCode("BalanceNotEnough").build();
    assertThat(ProviderRules.classify(new ParsedFacts(facts, () -> NOW), false).failure().kind())
        .isEqualTo(FailureKind.QUOTA_EXHAUSTED);
    String quoted = "{\"error\":{\"message\":\"{\\\"code\\\":\\\"no_balance_exhausted\\\"}\"}}";
    assertThat(classify(400, Map.of(), quoted).kind()).isEqualTo(FailureKind.INVALID_REQUEST);
  }

  @ParameterizedTest
  @CsvSource({
    "500, payment_service_unavailable",
    "503, retry_budget_exhausted",
    "400, thinking_budget_exceeded",
    "400, insufficient_tool_messages",
    "403, insufficient_scope"
  })
  void aCodeOfAnotherMeaningDoesNot(int status, String code) {
    String body = "{\"error\":{\"code\":\"%s\"}}".formatted(code);
    assertThat(classify(status, Map.of(), body).kind()).isEqualTo(StatusRules.kindOf(status));
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 404, 500, 502, 503, 529})
  void otherFailuresAreLeftAlone(int status) {
    assertThat(classify(status, Map.of(), "insufficient balance, daily limit exceeded").kind())
        .isEqualTo(StatusRules.kindOf(status));
  }

  @Test
  void aDefiniteCodeDecides() {
    String body = "{\"error\":{\"code\":\"ramp_limit_exceeded\",\"message\":\"budget exceeded\"}}";
    assertThat(classify(429, Map.of(), body).kind()).isEqualTo(FailureKind.RATE_LIMITED);
  }

  @Test
  void namesAreSplitIntoWords() {
    assertThat(QuotaWords.wordsOf("AccountOverdueError")).isEqualTo("account overdue error");
    assertThat(QuotaWords.wordsOf("Throttling.RateQuota")).isEqualTo("throttling rate quota");
    assertThat(QuotaWords.wordsOf("insufficient_balance-HTTP"))
        .isEqualTo("insufficient balance http");
    assertThat(QuotaWords.wordsOf(null)).isEmpty();
  }

  @Test
  void aLongTextIsReadOnce() {
    assertThat(QuotaWords.find("credit ".repeat(100_000) + "a.a".repeat(100_000)))
        .isEqualTo(Evidence.NONE);
    for (String part : List.of("a-", "a/", "a@a.", "<a", "for key 'a ", "every 1 ")) {
      assertThat(QuotaWords.find(part.repeat(100_000))).isEqualTo(Evidence.NONE);
    }
  }
}
