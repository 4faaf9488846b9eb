using Plateau.Contracts;
using Plateau.Sip;
using Plateau.Sip.Messages;

namespace Plateau.Server.Telephony;

/// <summary>Who may talk to us: trunks by their address, phones of the house by their password, nobody else.</summary>
/// <remarks>
/// The order matters where several live at one address (one machine, one NAT): a fixed phone or a trunk's host by
/// address
/// and port; then a user who is a phone of the house, which must prove it; then a trunk by address alone.
/// </remarks>
internal sealed class SipGate(PhoneDriver phones, TrunkDriver trunks) : ISipAdmission
{
    /// <inheritdoc/>
    public SipAdmission Admit(Instant now, SipFlow flow, SipRequest request)
    {
        if (phones.FindFixed(flow.Remote) is { } phone)
        {
            return SipAdmission.Account(phone.Name);
        }

        var isRegister = request.Method == SipMethod.Register;
        if (!isRegister && trunks.FindHost(flow.Remote) is { } trunk)
        {
            return AdmitTrunk(trunk);
        }

        if (phones.Knows(request))
        {
            return phones.Judge(now, flow, request);
        }

        return !isRegister && trunks.FindSource(flow.Remote.Address) is { } source
            ? AdmitTrunk(source)
            : SipAdmission.Dropped;
    }

    /// <inheritdoc/>
    public bool AnswersMalformed(SipFlow flow) =>
        phones.FindFixed(flow.Remote) is not null || trunks.FindSource(flow.Remote.Address) is not null;

    private static SipAdmission AdmitTrunk(TrunkState trunk) =>
        new(AdmissionOutcome.Admit) { Peer = trunk.Name, IsTrusted = trunk.Config.IsTrusted };
}
