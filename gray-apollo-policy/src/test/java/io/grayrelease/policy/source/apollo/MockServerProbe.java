package io.grayrelease.policy.source.apollo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Clock;

import com.ctrip.framework.apollo.mockserver.ApolloTestingServer;

import io.grayrelease.policy.source.PolicyInForce;
import io.grayrelease.policy.source.PolicyRepository;

/**
 * A process that follows the namespace {@code gray-policy} of Apollo's own testing server in it. Each line of its standard
 * input is a uid: the rule is changed to it; an empty one only asks. It answers with the hash of the policy in force.
 */
final class MockServerProbe {
    private static final String NAMESPACE = "gray-policy";

    private MockServerProbe() {}

    public static void main(String[] args) throws IOException {
        ApolloTestingServer server = new ApolloTestingServer();
        server.start();
        PolicyRepository repository = PolicyRepository.inMemory(Clock.systemUTC());
        ApolloPolicySource.of(NAMESPACE).start(repository);
        BufferedReader uids = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String uid = uids.readLine(); uid != null; uid = uids.readLine()) {
            if (!uid.isEmpty()) {
                server.addOrModifyProperty(NAMESPACE, "gray.rule.1-a", "uid == " + uid + " => T");
            }
            PolicyInForce inForce = repository.current();
            System.out.println(
                    "> " + (inForce == null ? "none" : inForce.policy().hash()));
        }
        System.exit(0);
    }
}
