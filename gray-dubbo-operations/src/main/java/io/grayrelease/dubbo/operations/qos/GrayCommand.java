package io.grayrelease.dubbo.operations.qos;

import org.apache.dubbo.qos.api.BaseCommand;
import org.apache.dubbo.qos.api.Cmd;
import org.apache.dubbo.qos.api.CommandContext;
import org.apache.dubbo.rpc.model.FrameworkModel;

/** The command {@code gray} of Dubbo 3.2 and 3.3. */
@Cmd(
        name = "gray",
        summary = "Gray releases: the policy in force, and why a request gets its version.",
        example = {"gray status", "gray explain com.acme.OrderService uid=10086 header.x-app=ios"})
public final class GrayCommand implements BaseCommand {
    private final Answers answers;

    public GrayCommand(FrameworkModel framework) {
        this.answers = new Answers(framework);
    }

    @Override
    public String execute(CommandContext context, String[] arguments) {
        return answers.to(arguments);
    }
}
