//! Les états d'un dossier : un sur la procédure, et ceux qui courent à côté (étude, § 2).

/// Déclare une liste d'états : le type, son nom écrit et son libellé.
macro_rules! etats {
    ($(#[$doc:meta])* $nom:ident { $($(#[$vdoc:meta])* $variante:ident = $code:literal, $libelle:literal;)+ }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum $nom {
            $($(#[$vdoc])* $variante,)+
        }

        impl $nom {
            /// Tous, dans l'ordre.
            pub const TOUS: &'static [Self] = &[$(Self::$variante),+];

            /// Le nom écrit.
            #[must_use]
            pub fn code(self) -> &'static str {
                match self { $(Self::$variante => $code,)+ }
            }

            /// En mots.
            #[must_use]
            pub fn libelle(self) -> &'static str {
                match self { $(Self::$variante => $libelle,)+ }
            }

            /// L'état d'un nom écrit, s'il en est un.
            #[must_use]
            pub fn de_code(code: &str) -> Option<Self> {
                Self::TOUS.iter().copied().find(|e| e.code() == code)
            }
        }
    };
}

etats! {
    /// Où en est la procédure, dans l'ordre où elle avance.
    #[derive(Default)]
    Stade {
        /// E0.
        #[default]
        BailEnCours = "bail_en_cours", "Bail en cours";
        /// E1.
        ImpayeNaissant = "impaye_naissant", "Impayé naissant";
        /// E2.
        ImpayeConstitueAide = "impaye_constitue_aide", "Impayé constitué (aide au logement)";
        /// E3.
        CdpSignifie = "cdp_signifie", "Commandement de payer signifié";
        /// E4.
        ClauseAcquise = "clause_acquise", "Délai du commandement expiré";
        /// E5.
        AssignationDelivree = "assignation_delivree", "Assignation délivrée";
        /// E7 ; le diagnostic (E6) court à côté.
        Audience = "audience", "Audience tenue";
        /// E8.
        DelaisAccordes = "delais_accordes_clause_suspendue", "Délais accordés, clause suspendue";
        /// E9.
        RejetDemande = "rejet_demande", "Demande rejetée";
        /// E10.
        ExpulsionOrdonnee = "resiliation_expulsion_ordonnee", "Expulsion ordonnée";
        /// E11.
        JugementSignifie = "jugement_signifie", "Jugement signifié";
        /// E12.
        CqlSignifie = "cql_signifie", "Commandement de quitter les lieux";
        /// E13.
        DelaiCqlExpire = "delai_cql_expire", "Délai pour quitter les lieux expiré";
        /// E14.
        CfpDemande = "cfp_demande", "Concours de la force publique demandé";
        /// E15a.
        CfpAccorde = "cfp_accorde", "Concours de la force publique accordé";
        /// E15b.
        CfpRefuse = "cfp_refuse", "Concours de la force publique refusé";
        /// E16.
        DepartVolontaire = "depart_volontaire", "Ménage parti";
        /// E17.
        CongeDepart = "conge_depart", "Ménage parti avant le jugement";
        /// E18.
        ExpulsionRealisee = "expulsion_realisee", "Expulsion réalisée";
    }
}

impl Stade {
    /// Un juge a ordonné l'expulsion, et le ménage est encore là : la trêve le protège.
    #[must_use]
    pub fn expulsable(self) -> bool {
        (Self::ExpulsionOrdonnee..=Self::CfpRefuse).contains(&self)
    }

    /// Le ménage n'est plus dans le logement.
    #[must_use]
    pub fn parti(self) -> bool {
        self >= Self::DepartVolontaire
    }
}

etats! {
    /// Ce qui court à côté de la procédure. Plusieurs à la fois.
    EtatParallele {
        /// E6 : le diagnostic est demandé, pas encore transmis.
        DsfEnCours = "dsf_en_cours", "Diagnostic en cours";
        /// S1.
        PlanApurement = "plan_apurement", "Plan d'apurement";
        /// S2.
        FslMaintien = "fsl_maintien", "FSL";
        /// S3.
        CcapexSaisie = "ccapex_saisie", "Commission saisie";
        /// S3.
        CcapexAvis = "ccapex_avis", "Avis rendu";
        /// S4.
        AideSuspendue = "aide_suspendue", "Aide au logement suspendue";
        /// S4.
        AideMaintenue = "aide_maintenue", "Aide au logement maintenue";
        /// S5.
        Surendettement = "surendettement", "Surendettement";
        /// S6.
        Appel = "appel", "Appel";
        /// S7.
        DelaiJex = "delai_jex", "Délais du juge de l'exécution";
        /// S8.
        Pcs = "pcs", "Protocole de cohésion sociale";
        /// S9.
        IndemnisationEtat = "indemnisation_etat", "Indemnisation de l'État";
        /// S10.
        Dalo = "dalo", "DALO";
        /// S11.
        Relogement = "relogement", "Relogement";
        /// S12.
        HebergementSiao = "hebergement_siao", "Hébergement";
        /// S13.
        NouveauBail = "nouveau_bail", "Nouveau bail";
        /// S14.
        Renonciation = "renonciation", "Procédure abandonnée";
        /// S15.
        MesureProtection = "mesure_protection", "Mesure de protection";
        /// S16.
        TreveActive = "treve_active", "Trêve hivernale";
    }
}
