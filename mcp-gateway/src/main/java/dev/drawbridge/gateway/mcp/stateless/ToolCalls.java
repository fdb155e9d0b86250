package dev.drawbridge.gateway.mcp.stateless;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;

import dev.drawbridge.gateway.client.Outcome;
import dev.drawbridge.gateway.mcp.wire.AnswerJson;
import dev.drawbridge.gateway.oauth.StepUp;
import dev.drawbridge.gateway.target.AnswerRoom;
import dev.drawbridge.gateway.tool.ToolAnswer;
import dev.drawbridge.gateway.tool.ToolCall;
import dev.drawbridge.gateway.tool.ToolDefinition;
import dev.drawbridge.gateway.tool.Tools;
import dev.drawbridge.identity.Caller;
import dev.drawbridge.problem.Problem;
import dev.drawbridge.problem.ProblemException;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.json.JsonObject;

import jakarta.inject.Singleton;

import java.time.Duration;
import java.util.List;

/// `tools/call`.
@Singleton
final class ToolCalls implements Method {
    private static final Duration RETRY = Duration.ofSeconds(1);

    private final Tools tools;
    private final Questions questions;
    private final LongCalls longCalls;
    private final StepUp stepUp;
    private final AnswerRoom room;
    private final LoadingCache<ToolDefinition, List<MirroredHeaders.Mirrored>> mirrored =
            Caffeine.newBuilder().weakKeys().build(tool -> MirroredHeaders.of(tool.inputSchema()));

    ToolCalls(
            Tools tools, Questions questions, LongCalls longCalls, StepUp stepUp, AnswerRoom room) {
        this.tools = tools;
        this.questions = questions;
        this.longCalls = longCalls;
        this.stepUp = stepUp;
        this.room = room;
    }

    @Override
    public String name() {
        return "tools/call";
    }

    @Override
    public Future<Result> answer(Exchange exchange) {
        String name = exchange.request().text("name");
        ToolDefinition tool = tools.find(exchange.caller(), exchange.selection(), name);
        if (tool == null) {
            tools.refuse(exchange.useOfTool(name));
            throw new Problem.NotFound("tool", name).exception();
        }
        JsonObject arguments = exchange.request().optionalObject("arguments");
        checkHeaders(exchange, tool, arguments);
        var call =
                new ToolCall(
                        exchange.caller(),
                        exchange.address(),
                        arguments,
                        exchange.signal(),
                        exchange.reach(),
                        exchange.selection(),
                        exchange.reply().client(),
                        questions.answers(exchange));
        Future<Outcome<ToolAnswer>> outcome = tools.call(name, call);
        return exchange.request().meta().tasks()
                ? longCalls.answer(name, call, outcome, ended -> told(exchange, ended))
                : told(exchange, outcome);
    }

    private void checkHeaders(Exchange exchange, ToolDefinition tool, JsonObject arguments) {
        MultiMap headers = exchange.context().request().headers();
        List<MirroredHeaders.Mirrored> all = mirrored.get(tool);
        boolean isListed = tools.isListed(exchange.caller(), exchange.selection(), tool);
        MirroredHeaders.check(
                headers, isListed ? all : MirroredHeaders.sent(headers, all), arguments);
    }

    private Future<Result> told(Exchange exchange, Future<Outcome<ToolAnswer>> outcome) {
        return outcome.recover(failure -> failed(exchange.caller(), failure))
                .map(ended -> result(exchange, ended));
    }

    /// What went wrong in a tool is for the model to read, and no error of the protocol; but for
    /// what its client can help.
    private Future<Outcome<ToolAnswer>> failed(Caller caller, Throwable failure) {
        return failure instanceof ProblemException known && !stepUp.helps(caller, failure)
                ? Future.succeededFuture(Outcome.done(ToolAnswer.failed(known.problem())))
                : Future.failedFuture(failure);
    }

    private Result result(Exchange exchange, Outcome<ToolAnswer> outcome) {
        return switch (outcome) {
            case Outcome.Done<ToolAnswer>(var answer) -> result(exchange, answer);
            case Outcome.InputRequired<ToolAnswer> asking -> questions.ask(exchange, asking);
        };
    }

    /// An answer, if there is room for it until its client has taken it; else that there is none.
    private Result result(Exchange exchange, ToolAnswer answer) {
        AnswerRoom.Share share = room.share();
        exchange.context().addEndHandler(_ -> share.close());
        ToolAnswer told =
                share.take(answer.size())
                        ? answer
                        : ToolAnswer.failed(new Problem.Overloaded(RETRY));
        return new Result(
                Result.COMPLETE,
                AnswerJson.sizeOf(told),
                told.meta(),
                to -> AnswerJson.append(to, told));
    }
}
