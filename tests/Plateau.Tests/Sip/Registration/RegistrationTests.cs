using Plateau.Contracts;
using Plateau.Sip;
using Plateau.Sip.Auth;
using Plateau.Sip.Messages;
using Plateau.Sip.Registration;
using Plateau.Tests.Sip.Dialogs;

namespace Plateau.Tests.Sip.Registration;

public sealed class RegistrationTests
{
    private readonly SipWorld _world = new();

    public RegistrationTests() => _world.B.Admission.Decide = _ => SipAdmission.Account("house");

    [Fact]
    public void A_registration_is_kept_in_force_by_refreshing_it_before_its_end()
    {
        Start(120);
        _world.RunUntil(_world.Now + TimeSpan.FromSeconds(1));
        Assert.Equal(
            ["A:REGISTER", "B!bindings-house-1", "B:200/REGISTER", "A!registered-120"], _world.Trace);
        _world.Trace.Clear();
        _world.RunUntil(_world.Now + TimeSpan.FromSeconds(300));
        Assert.Equal(3, _world.Trace.Count(row => row == "A:REGISTER"));
        Assert.Single(_world.B.Endpoint.BindingsOf("house"));
    }

    [Fact]
    public void An_interval_too_brief_is_raised()
    {
        Start(20);
        _world.RunUntil(_world.Now + TimeSpan.FromSeconds(1));
        Assert.Equal("A!registered-60", _world.Trace[^1]);
    }

    [Fact]
    public void A_registration_that_is_taken_back_is_gone_at_the_registrar()
    {
        Start(120);
        _world.RunUntil(_world.Now + TimeSpan.FromSeconds(1));
        _world.Do(_world.A, (endpoint, outputs) => endpoint.StopRegistration(_world.Now, "trunk-1", outputs));
        _world.RunUntil(_world.Now + TimeSpan.FromSeconds(200));
        Assert.Empty(_world.B.Endpoint.BindingsOf("house"));
        Assert.Equal(0, _world.A.Endpoint.DeadlineCount);
    }

    [Fact]
    public void After_a_failure_it_is_tried_again_after_pauses_that_grow()
    {
        _world.B.Admission.Decide = _ => SipAdmission.Dropped;
        var pauses = new List<double>();
        _world.A.OnOutput = output => pauses.Add(((RegistrationRefused)output).RetryAfter.TotalSeconds);
        Start(120);
        _world.RunUntil(_world.Now + TimeSpan.FromHours(2));
        Assert.InRange(pauses[0], 15, 30);
        Assert.InRange(pauses[3], 120, 240);
        Assert.InRange(pauses[^1], 450, 900);
    }

    [Fact]
    public void A_challenge_is_answered_with_the_password_and_a_wrong_password_is_not_tried_for_ever()
    {
        Challenge("secret");
        Start(120, new DigestCredentials("house", "secret"));
        _world.RunUntil(_world.Now + TimeSpan.FromSeconds(1));
        Assert.Equal("A!registered-120", _world.Trace[^1]);

        Challenge("another");
        _world.Trace.Clear();
        Start(120, new DigestCredentials("house", "secret"));
        _world.RunUntil(_world.Now + TimeSpan.FromSeconds(1));
        Assert.Equal("A!unregistered-401", _world.Trace[^1]);
        Assert.InRange(_world.Trace.Count(row => row == "A:REGISTER"), 2, 4);
    }

    [Fact]
    public void A_challenged_call_is_placed_again_with_credentials_and_the_next_number()
    {
        Challenge("secret");
        _world.Do(_world.A, (endpoint, outputs) => endpoint.Invite(
            _world.Now,
            CallScenario.Call(_world, _world.A) with { Credentials = new DigestCredentials("house", "secret") },
            outputs));
        _world.RunUntil(_world.Now + TimeSpan.FromMilliseconds(400));
        Assert.Equal(
            "A:INVITE+sdp B!dropped-NotAdmitted B:401 A:ACK A:INVITE+sdp B!dropped-Stray B:100 B!offered+sdp",
            string.Join(' ', _world.Trace));
        Assert.Equal(2, _world.A.LastRequest(SipMethod.Invite).Headers.CSeq!.Value.Number);
    }

    [Fact]
    public void A_probe_tells_whether_the_peer_lives()
    {
        _world.Do(_world.A, (endpoint, outputs) => endpoint.SendProbe(
            _world.Now, "trunk-1", SipUri.Parse("sip:127.0.0.2"), _world.A.FlowTo(_world.B), outputs));
        _world.RunUntil(_world.Now + TimeSpan.FromSeconds(1));
        Assert.Equal(["A:OPTIONS", "B:200/OPTIONS", "A!probe-200"], _world.Trace);
        _world.B.Admission.Decide = _ => SipAdmission.Dropped;
        _world.Do(_world.A, (endpoint, outputs) => endpoint.SendProbe(
            _world.Now, "trunk-1", SipUri.Parse("sip:127.0.0.2"), _world.A.FlowTo(_world.B), outputs));
        _world.RunUntil(_world.Now + TimeSpan.FromSeconds(40));
        Assert.Equal("A!probe-408", _world.Trace[^1]);
    }

    private void Start(int expiresSeconds, DigestCredentials? credentials = null) =>
        _world.Do(_world.A, (endpoint, outputs) => endpoint.StartRegistration(
            _world.Now,
            new RegistrationConfig(
                "trunk-1", SipUri.Parse("sip:provider.example"), SipUri.Parse("sip:house@provider.example"),
                _world.A.FlowTo(_world.B))
            {
                ExpiresSeconds = expiresSeconds,
                Credentials = credentials,
            },
            outputs));

    /// <summary>The registrar of B challenges whatever comes without the right proof.</summary>
    private void Challenge(string password)
    {
        var server = new DigestServer(new DigestOptions("plateau"), "0123456789abcdef0123456789abcdef"u8);
        var secret = DigestSecret.Of("house", "plateau", password);
        _world.B.Admission.Decide = request =>
            server.Verify(_world.Now, request, _ => secret, out _) == DigestVerdict.Accepted
                ? SipAdmission.Account("house")
                : SipAdmission.Refused(401, server.Challenge(_world.Now));
    }
}
