/** An error of the API: a status and the words of its body. */
export interface ApiError {
  readonly status: number;
  readonly code: string;
  readonly message: string;
  /** Present when RAM refused the call. */
  readonly accessDenied?: Readonly<Record<string, string>>;
}

/** The same as a value. */
export function apiError(status: number, code: string, message: string): ApiError {
  return { status, code, message };
}

/** What RAM answers to somebody who may not call the action. */
export function accessDenied(code = "Forbidden.RAM"): ApiError {
  return {
    status: 403,
    code,
    message: "User not authorized to operate on the specified resource, or this API doesn't support RAM.",
    accessDenied: {
      AuthAction: "appstreaming:ListDesktopAgentRuntime",
      AuthPrincipalType: "SubUser",
      AuthPrincipalDisplayName: "201234567890123456",
      AuthPrincipalOwnerId: "1012345678901234",
      NoPermissionType: "ImplicitDeny",
      PolicyType: "AccountLevelIdentityBasedPolicy",
      EncodedDiagnosticMessage: "AQFohtp4aIbaeEU0M0E1OEZDLTU2QUItNUJFQi1BNzA5LTQ1MTNBQUE0N0Y1Qg==",
    },
  };
}

/** The body of an error, as JSON has it. */
export function errorBody(error: ApiError, requestId: string, host: string): Readonly<Record<string, unknown>> {
  const search = new URLSearchParams({ q: error.code, product: "appstream-center", requestId });
  return {
    RequestId: requestId,
    HostId: host,
    Code: error.code,
    Message: error.message,
    Recommend: `https://api.aliyun.com/troubleshoot?${search.toString()}`,
    AccessDeniedDetail: error.accessDenied,
  };
}
