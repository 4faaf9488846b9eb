namespace Plateau.Media.Codecs;

/// <summary>The constants of G.722, under the standard's names where it has short ones.</summary>
/// <remarks>Source: ITU-T G.722 tables 11 to 19 and the QMF coefficients of table 11.</remarks>
internal static class G722Tables
{
    /// <summary>Half of the symmetric 24-tap quadrature mirror filter.</summary>
    public static readonly int[] Qmf = [3, -11, 12, 32, -210, 951, 3876, -805, 362, -156, 53, -11];

    /// <summary>ILB: inverse logarithm, 2048·2^(i/32).</summary>
    public static readonly int[] InverseLog =
    [
        2048, 2093, 2139, 2186, 2233, 2282, 2332, 2383, 2435, 2489, 2543, 2599, 2656, 2714, 2774, 2834,
        2896, 2960, 3025, 3091, 3158, 3228, 3298, 3371, 3444, 3520, 3597, 3676, 3756, 3838, 3922, 4008,
    ];

    /// <summary>Q6: decision levels of the 6-bit lower-band quantizer.</summary>
    public static readonly int[] LowerDecisions =
    [
        0, 35, 72, 110, 150, 190, 233, 276, 323, 370, 422, 473, 530, 587, 650, 714,
        786, 858, 940, 1023, 1121, 1219, 1339, 1458, 1612, 1765, 1980, 2195, 2557, 2919,
    ];

    /// <summary>QM6: output levels of the 6-bit lower-band quantizer, by code.</summary>
    public static readonly int[] LowerLevels6 =
    [
        -136, -136, -136, -136, -24808, -21904, -19008, -16704, -14984, -13512, -12280, -11192, -10232, -9360, -8576,
        -7856, -7192, -6576, -6000, -5456, -4944, -4464, -4008, -3576, -3168, -2776, -2400, -2032, -1688, -1360, -1040,
        -728, 24808, 21904, 19008, 16704, 14984, 13512, 12280, 11192, 10232, 9360, 8576, 7856, 7192, 6576, 6000, 5456,
        4944, 4464, 4008, 3576, 3168, 2776, 2400, 2032, 1688, 1360, 1040, 728, 432, 136, -432, -136,
    ];

    /// <summary>QM4: output levels of the 4-bit quantizer that drives the lower band's adaptation.</summary>
    public static readonly int[] LowerLevels4 =
    [
        0, -20456, -12896, -8968, -6288, -4240, -2584, -1200, 20456, 12896, 8968, 6288, 4240, 2584, 1200, 0,
    ];

    /// <summary>QM2: output levels of the 2-bit upper-band quantizer.</summary>
    public static readonly int[] UpperLevels = [-7408, -1616, 7408, 1616];

    /// <summary>WL by 4-bit code (WL after RL42): how far the lower band's scale moves.</summary>
    public static readonly int[] LowerSteps =
    [
        -60, 3042, 1198, 538, 334, 172, 58, -30, 3042, 1198, 538, 334, 172, 58, -30, -60,
    ];

    /// <summary>WH by 2-bit code (WH after RH2): how far the upper band's scale moves.</summary>
    public static readonly int[] UpperSteps = [798, -214, 798, -214];

    /// <summary>IL4 and the sign rule of the lower band: the 6-bit code of magnitude step m (1 to 30).</summary>
    public static int LowerCode(int magnitudeStep, bool isNegative) => isNegative
        ? magnitudeStep == 1 ? 63 : magnitudeStep == 2 ? 62 : 34 - magnitudeStep
        : 62 - magnitudeStep;
}
